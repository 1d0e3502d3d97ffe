package io.avatarservice.server.cli;

import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.PcmReader;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.PictureReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/** Makes the inputs of a benchmark: a portrait of the size and a speech of the length asked for. */
final class BenchInputs {

    private static final int WAV_HEADER_BYTES = 44;

    private final Path directory;
    private final PictureReader pictures;
    private final AudioReader recordings;

    BenchInputs(Path directory, PictureReader pictures, AudioReader recordings) {
        this.directory = directory;
        this.pictures = pictures;
        this.recordings = recordings;
    }

    /** A portrait whose longest side has {@code size} pixels. */
    Path portrait(@Nullable Path given, int size) throws IOException {
        Picture picture = pictures.read(given == null ? sample("portrait.png") : given);
        double scale = (double) size / Math.max(picture.width(), picture.height());
        Path file = directory.resolve("scaled.png");
        try (BytePointer pixels = new BytePointer(picture.bgr());
                Mat original = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC3, pixels);
                Mat scaled = new Mat();
                Size target = new Size(
                        (int) Math.round(picture.width() * scale), (int) Math.round(picture.height() * scale))) {
            int method = scale < 1 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_CUBIC;
            opencv_imgproc.resize(original, scaled, target, 0, 0, method);
            opencv_imgcodecs.imwrite(file.toString(), scaled);
        }
        return file;
    }

    /** A mono WAV of exactly {@code seconds}, the recording over and over. */
    Path speech(@Nullable Path given, int seconds) throws IOException {
        AudioClip clip = recordings.open(given == null ? sample("speech.wav") : given);
        int rate = clip.sampleRate();
        long samples = (long) seconds * rate;
        Path file = directory.resolve("looped.wav");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(wavHeader(rate, samples));
            for (long written = 0; written < samples; ) {
                written += copy(clip, rate, samples - written, out);
            }
        }
        return file;
    }

    private static long copy(AudioClip clip, int rate, long limit, OutputStream out) throws IOException {
        float[] block = new float[4096];
        long copied = 0;
        try (PcmReader pcm = clip.openMono(rate)) {
            for (int count = pcm.read(block); count > 0 && copied < limit; count = pcm.read(block)) {
                for (int i = 0; i < count && copied < limit; i++, copied++) {
                    int sample = Math.round(Math.max(-1, Math.min(1, block[i])) * Short.MAX_VALUE);
                    out.write(sample);
                    out.write(sample >> 8);
                }
            }
        }
        return copied;
    }

    private static byte[] wavHeader(int rate, long samples) {
        int dataBytes = Math.toIntExact(samples * 2);
        return ByteBuffer.allocate(WAV_HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(WAV_HEADER_BYTES - 8 + dataBytes)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16) // bytes that follow in this chunk
                .putShort((short) 1) // PCM
                .putShort((short) 1) // channels
                .putInt(rate)
                .putInt(rate * 2) // bytes per second
                .putShort((short) 2) // bytes per sample
                .putShort((short) 16) // bits per sample
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataBytes)
                .array();
    }

    private Path sample(String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream resource = BenchInputs.class.getResourceAsStream("/bench/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("the sample " + name + " is not in the jar");
            }
            Files.copy(resource, file);
        }
        return file;
    }
}
