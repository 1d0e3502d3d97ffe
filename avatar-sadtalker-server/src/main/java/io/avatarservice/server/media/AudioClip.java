package io.avatarservice.server.media;

import java.nio.file.Path;

/**
 * A checked audio file: known container, at least one audio stream, within the duration limit. Decoded on demand and as
 * a stream, never held whole.
 *
 * @param file where it lies
 * @param demuxer the FFmpeg demuxer that its content calls for; decoding is pinned to it
 * @param sampleRate samples per second of the source
 * @param channels channels of the source
 * @param samples decoded length in samples per channel at {@code sampleRate}, counted, not taken from a header
 */
public record AudioClip(Path file, String demuxer, int sampleRate, int channels, long samples) {

    /** Length in seconds. */
    public double seconds() {
        return (double) samples / sampleRate;
    }

    /**
     * Opens the sound as mono samples in {@code -1..1}.
     *
     * @param rate samples per second to resample to
     */
    public PcmReader openMono(int rate) {
        return PcmReader.mono(this, rate);
    }
}
