package io.avatarservice.server.support;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Java2DFrameConverter;

/** Small inputs, good and bad, made on the fly. */
public final class TestMedia {

    private static final int SAMPLE_RATE = 8000;

    private TestMedia() {}

    public static byte[] png() {
        return image("png");
    }

    /** A JPEG that ends in the middle of its pixels. */
    public static byte[] truncatedJpeg() {
        byte[] whole = image("jpg");
        return Arrays.copyOf(whole, whole.length * 2 / 3);
    }

    /** A valid PNG of a few kilobytes with far too many pixels. */
    public static byte[] hugePng() {
        int side = 20_000;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            // one bit per pixel, grayscale
            byte[] header = ByteBuffer.allocate(13)
                    .putInt(side)
                    .putInt(side)
                    .put(new byte[] {1, 0, 0, 0, 0})
                    .array();
            chunk(out, "IHDR", header);
            chunk(out, "IDAT", deflatedZeros((side / 8 + 1) * side));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A tone, mono, 16 bits, 8 kHz. */
    public static byte[] wav(double seconds) {
        int samples = (int) Math.round(seconds * SAMPLE_RATE);
        ByteBuffer wav = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + samples * 2).put(ascii("WAVEfmt "));
        wav.putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2).putShort((short) 2).putShort((short) 16);
        wav.put(ascii("data")).putInt(samples * 2);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (8000 * Math.sin(2 * Math.PI * 220 * i / SAMPLE_RATE)));
        }
        return wav.array();
    }

    /** An MP4 with pictures only. */
    public static byte[] silentMovie() {
        try {
            Path file = Files.createTempFile("silent", ".mp4");
            try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 64, 0);
                    Java2DFrameConverter converter = new Java2DFrameConverter()) {
                recorder.setFormat("mp4");
                recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
                recorder.setFrameRate(25);
                recorder.start();
                for (int i = 0; i < 5; i++) {
                    recorder.record(converter.convert(new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR)));
                }
                recorder.stop();
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] image(String format) {
        BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.PINK);
        graphics.fillOval(16, 8, 64, 80);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] deflatedZeros(int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(new byte[count]);
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        DataOutputStream chunk = new DataOutputStream(out);
        chunk.writeInt(data.length);
        chunk.write(ascii(type));
        chunk.write(data);
        chunk.writeInt((int) crc.getValue());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
