package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcmReaderTests {

    private final AudioReader reader = new AudioReader(TestMediaProperties.defaults());

    @TempDir
    Path directory;

    @Test
    void readsTheCountedSamplesAtTheSourceRate() {
        AudioClip clip = reader.open(FfmpegPrograms.tone(directory.resolve("tone.m4a"), 1.3, 44100));

        assertThat(readAll(clip, clip.sampleRate()).length).isEqualTo((int) clip.samples());
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 22050, 48000})
    void keepsLengthPitchAndLoudnessWhenResampling(int rate) {
        AudioClip clip = reader.open(FfmpegPrograms.tone(directory.resolve("tone.wav"), 2, 44100, "-ac", "2"));

        float[] samples = readAll(clip, rate);

        assertThat(samples.length).isCloseTo(2 * rate, within(2));
        assertThat(zeroCrossings(samples)).isCloseTo(2 * 440 * 2, within(4));
        assertThat(rootMeanSquare(samples)).isCloseTo(0.125 / Math.sqrt(2), within(0.002));
    }

    @Test
    void readsInPiecesOfAnySizeTheSameSamples() {
        AudioClip clip = reader.open(FfmpegPrograms.tone(directory.resolve("tone.flac"), 1, 48000));
        float[] whole = readAll(clip, 16000);
        float[] pieces = new float[whole.length];
        float[] piece = new float[37];

        int length = 0;
        try (PcmReader pcm = clip.openMono(16000)) {
            for (int count = pcm.read(piece); count > 0; count = pcm.read(piece)) {
                System.arraycopy(piece, 0, pieces, length, count);
                length += count;
            }
        }

        assertThat(length).isEqualTo(whole.length);
        assertThat(pieces).containsExactly(whole);
    }

    private static float[] readAll(AudioClip clip, int rate) {
        float[] buffer = new float[(int) (clip.seconds() * rate) + rate];
        try (PcmReader pcm = clip.openMono(rate)) {
            int length = pcm.read(buffer);
            assertThat(pcm.read(new float[1])).isZero();
            return java.util.Arrays.copyOf(buffer, length);
        }
    }

    private static int zeroCrossings(float[] samples) {
        int crossings = 0;
        for (int i = 1; i < samples.length; i++) {
            crossings += samples[i - 1] < 0 != samples[i] < 0 ? 1 : 0;
        }
        return crossings;
    }

    private static double rootMeanSquare(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }
}
