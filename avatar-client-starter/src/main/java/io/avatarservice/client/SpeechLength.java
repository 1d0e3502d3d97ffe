package io.avatarservice.client;

import io.avatarservice.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How long a speech recording is, as far as its first bytes tell. */
final class SpeechLength {

    /** More than any header of a file that we can read; the samples are none of our business. */
    private static final int HEADER = 64 * 1024;

    private static final double NANOS_PER_SECOND = 1e9;

    private SpeechLength() {}

    /** The length of a WAV, AIFF or AU file; empty for anything else, for an address, and where there is none. */
    static Mono<Duration> of(@Nullable MediaSource speech) {
        if (speech == null || speech instanceof MediaSource.Url) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> read(speech))
                .onErrorComplete(SpeechLength::tellsNothing)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static @Nullable Duration read(MediaSource speech) throws IOException, UnsupportedAudioFileException {
        AudioFileFormat format = speech instanceof MediaSource.File file
                ? AudioSystem.getAudioFileFormat(file.path().toFile())
                : AudioSystem.getAudioFileFormat(new ByteArrayInputStream(header((MediaSource.Bytes) speech)));
        int frames = format.getFrameLength();
        float frameRate = format.getFormat().getFrameRate();
        // Either is negative where a header leaves it open.
        return frames > 0 && frameRate > 0
                ? Duration.ofNanos(Math.round(frames / (double) frameRate * NANOS_PER_SECOND))
                : null;
    }

    private static byte[] header(MediaSource.Bytes speech) {
        ByteBuffer content = speech.content();
        byte[] header = new byte[Math.min(content.remaining(), HEADER)];
        content.get(header);
        return header;
    }

    /** A file that is not there is for the provider to refuse. */
    private static boolean tellsNothing(Throwable seen) {
        return seen instanceof UnsupportedAudioFileException || seen instanceof IOException;
    }
}
