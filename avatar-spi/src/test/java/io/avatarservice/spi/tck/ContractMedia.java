package io.avatarservice.spi.tck;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A small portrait and a short speech recording that pass for real ones.
 *
 * @since 0.1.0
 */
public final class ContractMedia {

    private static final int SIDE = 256;
    private static final float SAMPLE_RATE = 16_000;

    private ContractMedia() {}

    /** A PNG with a face as children draw it. */
    public static byte[] portrait() {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.PINK);
        pen.fillOval(48, 32, 160, 192);
        pen.setColor(Color.DARK_GRAY);
        pen.fillOval(88, 96, 20, 20);
        pen.fillOval(148, 96, 20, 20);
        pen.fillRect(104, 172, 48, 8);
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /** A WAV of one second. */
    public static byte[] speech() {
        AudioFormat format = new AudioFormat(SAMPLE_RATE, 16, 1, true, false);
        byte[] samples = new byte[(int) SAMPLE_RATE * 2];
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        try (AudioInputStream sound =
                new AudioInputStream(new ByteArrayInputStream(samples), format, (long) SAMPLE_RATE)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, wav);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wav.toByteArray();
    }
}
