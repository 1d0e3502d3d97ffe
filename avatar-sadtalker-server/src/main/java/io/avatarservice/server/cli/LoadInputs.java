package io.avatarservice.server.cli;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;

/** The request that a server is loaded with: a small portrait, and as much sound as fills the rest. */
final class LoadInputs {

    private static final int PORTRAIT_SIDE = 192;
    private static final int SAMPLE_RATE = 48_000;
    private static final int WAV_HEADER_BYTES = 44;
    private static final double TONE_HERTZ = 220;

    private LoadInputs() {}

    /**
     * A request to {@code POST /v1/jobs} whose inputs have so many bytes together, before Base64.
     *
     * @throws IllegalArgumentException where that is too little for a portrait and a tenth of a second
     */
    static byte[] body(long bytes, String driver) throws IOException {
        byte[] portrait = portrait();
        int sound = Math.toIntExact(bytes - portrait.length - WAV_HEADER_BYTES) & ~1;
        if (sound < SAMPLE_RATE / 5) {
            throw new IllegalArgumentException(
                    "inputs have at least %d bytes".formatted(portrait.length + WAV_HEADER_BYTES + SAMPLE_RATE / 5));
        }
        Base64.Encoder base64 = Base64.getEncoder();
        return """
                {"driver":"%s","image_b64":"%s","audio_b64":"%s"}""".formatted(driver, base64.encodeToString(portrait), base64.encodeToString(wav(sound)))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] portrait() throws IOException {
        try (InputStream sample = LoadInputs.class.getResourceAsStream("/bench/portrait.png")) {
            if (sample == null) {
                throw new IllegalStateException("the sample portrait is not in the jar");
            }
            BufferedImage portrait = ImageIO.read(sample);
            int height = portrait.getHeight() * PORTRAIT_SIDE / portrait.getWidth();
            BufferedImage small = new BufferedImage(PORTRAIT_SIDE, height, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D graphics = small.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(portrait, 0, 0, PORTRAIT_SIDE, height, null);
            graphics.dispose();
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(small, "jpg", jpeg);
            return jpeg.toByteArray();
        }
    }

    private static byte[] wav(int dataBytes) {
        ByteBuffer wav = ByteBuffer.allocate(WAV_HEADER_BYTES + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(WAV_HEADER_BYTES - 8 + dataBytes)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16) // bytes that follow in this chunk
                .putShort((short) 1) // PCM
                .putShort((short) 1) // channels
                .putInt(SAMPLE_RATE)
                .putInt(SAMPLE_RATE * 2) // bytes per second
                .putShort((short) 2) // bytes per sample
                .putShort((short) 16) // bits per sample
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataBytes);
        for (int i = 0; wav.hasRemaining(); i++) {
            wav.putShort((short) (8000 * Math.sin(2 * Math.PI * TONE_HERTZ * i / SAMPLE_RATE)));
        }
        return wav.array();
    }
}
