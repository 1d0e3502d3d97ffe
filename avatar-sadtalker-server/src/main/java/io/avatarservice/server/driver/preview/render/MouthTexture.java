package io.avatarservice.server.driver.preview.render;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.avatarservice.server.driver.face.FaceMesh;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The picture of a mouth's inside, painted for one portrait: a dark cavity, the tongue, and the upper teeth, either
 * painted, or the portrait's own where it smiles with parted lips.
 *
 * @param pixels blue, green, red
 * @param x left edge in the picture, pixels
 * @param y top edge
 * @param scale texture pixels per picture pixel
 * @param ownTeeth whether the teeth are the portrait's own
 */
record MouthTexture(Mat pixels, float x, float y, float scale, boolean ownTeeth) implements AutoCloseable {

    /** Lips further apart than this in the portrait, in face units, show a mouth worth keeping. */
    static final float OWN_MOUTH = 0.025f;

    /** Side of the texture, face units. */
    private static final float SIDE = 1.3f;

    // Colors at full light: blue, green, red.
    private static final float[] CAVITY = {24, 20, 44};
    private static final float[] TONGUE = {88, 84, 150};
    private static final float[] TEETH = {158, 186, 204};

    static MouthTexture paint(Pixels pixels, FaceMesh face, FaceFrame frame, MouthShape mouth) {
        float scale = Math.max(1, Math.round(240 / frame.unit()));
        float unit = frame.unit() * scale;
        int width = Math.max(8, Math.round(SIDE * unit));
        int height = width;
        float x = frame.originX() - width / (2 * scale);
        float y = frame.originY() - height / (2 * scale);
        Mat texture = new Mat(height, width, CV_8UC3);
        ByteBuffer target = texture.createBuffer();
        float[] skin = skin(pixels, face);
        float light = light(pixels, face, skin);
        boolean own = mouth.meanRestGap() > OWN_MOUTH;
        float[] color = new float[3];
        float[] portrait = new float[3];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                float px = x + (column + 0.5f) / scale - 0.5f;
                float py = y + (row + 0.5f) / scale - 0.5f;
                float lx = frame.localX(px, py);
                float ly = frame.localY(px, py) - mouth.meetingLine(lx);
                paintCavity(color, lx, ly, light);
                if (own) {
                    float gap = mouth.restGap(lx) / 2;
                    // Behind the lips the portrait shows no teeth: carry on what it shows at their edge.
                    float inset = Math.min(gap * 0.6f, 0.03f);
                    float clamped = Math.max(-gap + inset, Math.min(gap - inset, ly));
                    float sampleY = clamped + mouth.meetingLine(lx);
                    pixels.sample(frame.pictureX(lx, sampleY), frame.pictureY(lx, sampleY), portrait);
                    float above = 1 - Smooth.step(0.02f, 0.09f, -gap - ly);
                    float below = 1 - Smooth.step(-0.035f, 0, ly - gap);
                    mix(color, portrait, Math.min(above, below) * Smooth.step(0, 0.012f, gap));
                } else {
                    paintTeeth(color, lx, ly, light, skin);
                }
                int at = 3 * (row * width + column);
                for (int channel = 0; channel < 3; channel++) {
                    target.put(at + channel, (byte) Math.max(0, Math.min(255, Math.round(color[channel]))));
                }
            }
        }
        return new MouthTexture(texture, x, y, scale, own);
    }

    private static void paintCavity(float[] color, float x, float y, float light) {
        float tongue = (1 - Smooth.step(0.5f, 1, (float) Math.hypot(x / 0.24f, (y - 0.2f) / 0.12f)));
        for (int channel = 0; channel < 3; channel++) {
            color[channel] = light * (CAVITY[channel] + tongue * (TONGUE[channel] - CAVITY[channel]) * 0.75f);
        }
    }

    private static void paintTeeth(float[] color, float x, float y, float light, float[] skin) {
        float edge =
                0.035f * (1 - (x / 0.24f) * (x / 0.24f)) - 0.006f * Math.abs((float) Math.sin(x / 0.085f * Math.PI));
        float cover = (1 - Smooth.step(edge - 0.012f, edge + 0.012f, y)) * (1 - Smooth.step(0.15f, 0.26f, Math.abs(x)));
        float round = (float) Math.cos(Math.min(1, Math.abs(x) / 0.3f) * Math.PI / 2);
        float seam = 1 - 0.1f * Smooth.gauss((float) Math.sin(x / 0.085f * Math.PI), 0.16f);
        float shade = (0.55f + 0.45f * round) * seam * (1 - 0.25f * Smooth.step(-0.02f, -0.1f, y));
        for (int channel = 0; channel < 3; channel++) {
            // A share of the skin's color brings in the hue of the picture's light.
            float tooth = 0.85f * light * TEETH[channel] + 0.17f * skin[channel];
            color[channel] += cover * (shade * tooth - color[channel]);
        }
    }

    private static void mix(float[] color, float[] over, float share) {
        for (int channel = 0; channel < 3; channel++) {
            color[channel] += share * (over[channel] - color[channel]);
        }
    }

    /**
     * How bright teeth are in this light: between the skin's brightness and that of the eyes, whose white is close to the
     * teeth's; 1 is a well lit face.
     */
    private static float light(Pixels pixels, FaceMesh face, float[] skin) {
        float[] eyes = eyes(pixels, face, new float[3]);
        float sclera = eyes[eyes.length * 3 / 4];
        float luma = Pixels.luma(skin);
        return Math.max(0.3f, Math.min(1.05f, Math.max(luma, (luma + sclera) / 2) / 165));
    }

    private static float[] skin(Pixels pixels, FaceMesh face) {
        float[] mean = new float[3];
        float[] color = new float[3];
        for (int point : FaceTopology.CHEEKS) {
            pixels.sample(face.x(point), face.y(point), color);
            for (int channel = 0; channel < 3; channel++) {
                mean[channel] += color[channel] / FaceTopology.CHEEKS.length;
            }
        }
        return mean;
    }

    /** Brightness across the middle of both eyes, ascending. */
    private static float[] eyes(Pixels pixels, FaceMesh face, float[] color) {
        int steps = 12;
        float[] luma = new float[2 * steps];
        for (int i = 0; i < steps; i++) {
            float t = 0.15f + 0.7f * i / (steps - 1);
            luma[2 * i] = between(pixels, face, 33, 133, t, color);
            luma[2 * i + 1] = between(pixels, face, 263, 362, t, color);
        }
        Arrays.sort(luma);
        return luma;
    }

    private static float between(Pixels pixels, FaceMesh face, int a, int b, float t, float[] color) {
        pixels.sample(face.x(a) + t * (face.x(b) - face.x(a)), face.y(a) + t * (face.y(b) - face.y(a)), color);
        return Pixels.luma(color);
    }

    @Override
    public void close() {
        pixels.close();
    }
}
