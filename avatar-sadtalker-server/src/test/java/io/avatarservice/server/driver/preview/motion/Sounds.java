package io.avatarservice.server.driver.preview.motion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Sounds at 16 kHz. */
public final class Sounds {

    public static final int RATE = SpeechMotion.SAMPLE_RATE;
    private static final double PITCH_HZ = 125;

    private Sounds() {}

    /** The sample recording of a woman who speaks for 11.5 seconds. */
    public static float[] speech() {
        Path file = Path.of("..", "samples", "media", "speech.wav");
        try (AudioInputStream stream = AudioSystem.getAudioInputStream(file.toFile())) {
            if (stream.getFormat().getSampleRate() != RATE || stream.getFormat().getChannels() != 1) {
                throw new IllegalStateException("expected 16 kHz mono, got " + stream.getFormat());
            }
            ShortBuffer pcm = ByteBuffer.wrap(stream.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            float[] samples = new float[pcm.remaining()];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = pcm.get(i) / 32768f;
            }
            return samples;
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A man's vowel by its first two formants (Fant 1960: a buzz through resonators). */
    public static float[] vowel(double f1, double f2, double seconds) {
        float[] sound = new float[length(seconds)];
        double phase = 0;
        double glottis = 0;
        for (int i = 0; i < sound.length; i++) {
            phase += PITCH_HZ / RATE;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            glottis = 0.95 * glottis + pulse;
            sound[i] = (float) glottis;
        }
        resonate(sound, f1, 70);
        resonate(sound, f2, 90);
        resonate(sound, Math.max(2500, f2 + 600), 150);
        return scaled(sound, 0.3);
    }

    public static float[] openVowel(double seconds) {
        return vowel(730, 1090, seconds);
    }

    public static float[] spreadVowel(double seconds) {
        return vowel(270, 2290, seconds);
    }

    public static float[] roundVowel(double seconds) {
        return vowel(300, 870, seconds);
    }

    public static float[] silence(double seconds) {
        return new float[length(seconds)];
    }

    public static float[] noise(double seconds, double amplitude) {
        Random random = new Random(42);
        float[] sound = new float[length(seconds)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (amplitude * random.nextGaussian());
        }
        return sound;
    }

    /** Hiss as of an s: noise with its bass taken away. */
    public static float[] fricative(double seconds) {
        float[] sound = noise(seconds, 1);
        for (int i = sound.length - 1; i > 0; i--) {
            sound[i] -= 0.95f * sound[i - 1];
        }
        return scaled(sound, 0.3);
    }

    /** Struck chords, two a second, each ringing on under the next. */
    public static float[] chords(double seconds) {
        double[][] chords = {{261.6, 329.6, 392}, {220, 277.2, 329.6}, {174.6, 220, 261.6}, {196, 246.9, 293.7}};
        float[] sound = new float[length(seconds)];
        for (int i = 0; i < sound.length; i++) {
            double time = (double) i / RATE;
            int beat = (int) (time * 2);
            double since = time - beat / 2.0;
            for (double note : chords[beat % chords.length]) {
                for (int harmonic = 1; harmonic <= 6; harmonic++) {
                    double wave = Math.sin(2 * Math.PI * note * harmonic * time) / harmonic;
                    sound[i] += (float) (wave * Math.exp(-2 * since) * Math.min(1, since * 100));
                }
            }
        }
        return scaled(sound, 0.4);
    }

    /** A sound that grows and fades with the time in seconds. */
    public static float[] modulated(float[] sound, DoubleUnaryOperator gain) {
        float[] modulated = new float[sound.length];
        for (int i = 0; i < sound.length; i++) {
            modulated[i] = (float) (sound[i] * gain.applyAsDouble((double) i / RATE));
        }
        return modulated;
    }

    /** Syllables at a rate, each followed by a dip of the same length. */
    public static DoubleUnaryOperator syllables(double perSecond) {
        return time -> Math.pow(0.5 - 0.5 * Math.cos(2 * Math.PI * perSecond * time), 2);
    }

    public static float[] joined(float[]... sounds) {
        float[] joined =
                new float[Arrays.stream(sounds).mapToInt(sound -> sound.length).sum()];
        int at = 0;
        for (float[] sound : sounds) {
            System.arraycopy(sound, 0, joined, at, sound.length);
            at += sound.length;
        }
        return joined;
    }

    public static float[] mixed(float[] sound, float[] other) {
        float[] mixed = sound.clone();
        for (int i = 0; i < Math.min(sound.length, other.length); i++) {
            mixed[i] += other[i];
        }
        return mixed;
    }

    /** A sound whose loudest sample is {@code peak}. */
    public static float[] scaled(float[] sound, double peak) {
        float loudest = 0;
        for (float sample : sound) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        double gain = peak / loudest;
        return modulated(sound, time -> gain);
    }

    private static void resonate(float[] sound, double frequency, double bandwidth) {
        double radius = Math.exp(-Math.PI * bandwidth / RATE);
        double feedback = 2 * radius * Math.cos(2 * Math.PI * frequency / RATE);
        double one = 0;
        double two = 0;
        for (int i = 0; i < sound.length; i++) {
            double out = sound[i] + feedback * one - radius * radius * two;
            two = one;
            one = out;
            sound[i] = (float) (out * (1 - feedback + radius * radius));
        }
    }

    private static int length(double seconds) {
        return (int) Math.round(seconds * RATE);
    }
}
