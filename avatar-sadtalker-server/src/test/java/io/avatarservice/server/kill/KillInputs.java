package io.avatarservice.server.kill;

import io.avatarservice.server.driver.sadtalker.face.Landmarks;
import io.avatarservice.server.driver.sadtalker.face.TemplateFace;
import io.avatarservice.server.support.TestMedia;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import javax.imageio.ImageIO;

/** The requests of a kill test. Portrait and speech are so small that a job is soon done. */
final class KillInputs {

    private static final int PORTRAIT_SIDE = 192;
    private static final double SCALE = PORTRAIT_SIDE / 512.0;

    private final Map<String, Object> inputs;

    KillInputs() throws IOException {
        inputs = Map.of(
                "image_b64",
                Base64.getEncoder().encodeToString(portrait()),
                "audio_b64",
                Base64.getEncoder().encodeToString(TestMedia.wav(0.4)));
    }

    /** One in three is SadTalker's. */
    static boolean isSadTalkers(int number) {
        return number % 3 == 1;
    }

    Map<String, Object> request(int number) {
        Map<String, Object> request = new HashMap<>(inputs);
        request.put("priority", number / 3 % 3 - 1);
        request.put("driver", isSadTalkers(number) ? "sadtalker" : "preview");
        if (isSadTalkers(number)) {
            // Networks with made-up weights find no face, and carry it away where they move it much.
            request.put("options", Map.of("seed", 1, "expression_scale", 0.01, "landmarks", landmarks()));
        }
        return request;
    }

    private static String landmarks() {
        Landmarks landmarks = TemplateFace.landmarks(56 * SCALE, 4, 224 * SCALE, 118 * SCALE);
        StringJoiner lines = new StringJoiner("\n");
        for (int point = 0; point < Landmarks.POINTS; point++) {
            lines.add(landmarks.x(point) + " " + landmarks.y(point));
        }
        return lines.toString();
    }

    private static byte[] portrait() throws IOException {
        BufferedImage sample =
                ImageIO.read(Path.of("..", "samples", "media", "portrait.png").toFile());
        BufferedImage small = new BufferedImage(PORTRAIT_SIDE, PORTRAIT_SIDE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(sample, 0, 0, PORTRAIT_SIDE, PORTRAIT_SIDE, null);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(small, "jpg", out);
        return out.toByteArray();
    }
}
