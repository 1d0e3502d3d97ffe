package io.avatarservice.server.driver.preview.render;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.fillPoly;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import io.avatarservice.server.driver.face.FaceMesh;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * What is seen between parted lips: a texture that is fixed to the skull, so it turns with the head while the lips move
 * over it, laid into the opening with soft edges and shade.
 */
final class MouthInterior implements AutoCloseable {

    /** Sub-pixel bits of the outline. */
    private static final int SHIFT = 4;
    /** Activity from which on the opening shows the texture alone; below, it blends with the portrait's own mouth. */
    private static final float FULL_ACTIVITY = 0.3f;

    /** What is left of the light between lips that nearly meet: blue, green, red. */
    private static final float[] SEAM_COLOR = {0.28f, 0.26f, 0.42f};
    /** Least gap drawn between lips that the portrait shows apart, face units. */
    private static final float SEAM = 0.006f;

    private static final int OUTLINE_POINTS = 2 * FaceTopology.INNER_UPPER_LIP.length - 2;

    private final Area area;
    private final MouthTexture texture;
    private final FaceFrame frame;
    private final float depth;

    private final Mat outline = new Mat(OUTLINE_POINTS, 1, CV_32SC2);
    private final MatVector outlines = new MatVector(outline);
    private final IntBuffer outlinePoints = outline.createBuffer();
    private final Mat mask;
    private final Mat soft;
    private final Mat shade;
    private final Mat inside;
    private final Mat matrix = new Mat(2, 3, CV_32F);
    private final FloatBuffer matrixValues = matrix.createBuffer();
    private final ByteBuffer softBytes;
    private final ByteBuffer shadeBytes;
    private final ByteBuffer insideBytes;
    private final Size insideSize;
    private final Size kernel = new Size(0, 0);
    private final Scalar white = Scalar.all(255);
    private final Scalar black = Scalar.all(0);
    private final Point origin = new Point(0, 0);
    private final double edgeBlur;
    private final double shadeBlur;

    MouthInterior(FaceMesh face, FaceFrame frame, MouthTexture texture, int pictureWidth, int pictureHeight) {
        this.frame = frame;
        this.texture = texture;
        float reach = 0.85f * frame.unit();
        this.area = Area.around(
                frame.originX() - reach,
                frame.originY() - reach,
                frame.originX() + reach,
                frame.originY() + reach,
                pictureWidth,
                pictureHeight);
        float rim = 0;
        for (int i : FaceTopology.OVAL) {
            rim += face.z(i) / FaceTopology.OVAL.length;
        }
        depth = Math.min(0, (face.z(13) + face.z(14)) / 2 - rim);
        mask = new Mat(area.height(), area.width(), CV_8U);
        soft = new Mat(area.height(), area.width(), CV_8U);
        shade = new Mat(area.height(), area.width(), CV_8U);
        inside = new Mat(area.height(), area.width(), CV_8UC3);
        softBytes = soft.createBuffer();
        shadeBytes = shade.createBuffer();
        insideBytes = inside.createBuffer();
        insideSize = new Size(area.width(), area.height());
        edgeBlur = Math.max(0.6, 0.008 * frame.unit());
        shadeBlur = Math.max(1.0, 0.035 * frame.unit());
    }

    /**
     * Lays the interior into a frame.
     *
     * @param pixels the frame, blue green red
     * @param width of the frame
     * @param x places of the mesh's vertices in the frame
     * @param y likewise
     * @param head the pose of this frame
     * @param activity 0 leaves the portrait's own mouth
     */
    void draw(ByteBuffer pixels, int width, float[] x, float[] y, HeadPose head, float activity) {
        float strength = Smooth.step(0, FULL_ACTIVITY, activity);
        if (strength == 0) {
            return;
        }
        int top = area.height();
        int bottom = -1;
        int n = FaceTopology.INNER_UPPER_LIP.length;
        float seam = texture.ownTeeth() ? SEAM * frame.unit() : 0;
        float widest = 0;
        for (int i = 1; i < n - 1; i++) {
            widest = Math.max(widest, gap(x, y, i));
        }
        for (int i = 0; i < OUTLINE_POINTS; i++) {
            int vertex = i < n ? FaceTopology.INNER_UPPER_LIP[i] : FaceTopology.INNER_LOWER_LIP[2 * n - 2 - i];
            int lip = i < n ? i : 2 * n - 2 - i;
            // Lips that were apart in the portrait have no line where they meet; a narrow gap draws it.
            float widen = lip == 0 || lip == n - 1 ? 0 : Math.max(0, seam - gap(x, y, lip)) / 2 * (i < n ? -1 : 1);
            float px = x[vertex] - widen * frame.axisY() - area.x();
            float py = y[vertex] + widen * frame.axisX() - area.y();
            outlinePoints.put(2 * i, Math.round(px * (1 << SHIFT)));
            outlinePoints.put(2 * i + 1, Math.round(py * (1 << SHIFT)));
            top = Math.min(top, (int) py);
            bottom = Math.max(bottom, (int) py);
        }
        mask.put(black);
        fillPoly(mask, outlines, white, LINE_AA, SHIFT, origin);
        GaussianBlur(mask, soft, kernel, edgeBlur);
        GaussianBlur(mask, shade, kernel, shadeBlur);
        warpAffine(
                texture.pixels(),
                inside,
                matrix(head),
                insideSize,
                INTER_LINEAR | WARP_INVERSE_MAP,
                BORDER_REPLICATE,
                black);
        int margin = 2 + (int) Math.ceil(3 * edgeBlur);
        blend(
                pixels,
                width,
                Math.max(0, top - margin),
                Math.min(area.height() - 1, bottom + margin),
                strength,
                widest / frame.unit());
    }

    private static float gap(float[] x, float[] y, int lip) {
        int upper = FaceTopology.INNER_UPPER_LIP[lip];
        int lower = FaceTopology.INNER_LOWER_LIP[lip];
        return (float) Math.hypot(x[upper] - x[lower], y[upper] - y[lower]);
    }

    private void blend(ByteBuffer pixels, int width, int top, int bottom, float strength, float widest) {
        float open = texture.ownTeeth() ? 0.65f : 0.35f;
        float wide = Smooth.step(0.01f, 0.06f, widest);
        for (int row = top; row <= bottom; row++) {
            for (int column = 0; column < area.width(); column++) {
                int at = row * area.width() + column;
                int alpha = softBytes.get(at) & 0xff;
                if (alpha == 0) {
                    continue;
                }
                float mix = alpha / 255f * strength;
                float lit = Smooth.step(0.25f, 0.95f, (shadeBytes.get(at) & 0xff) / 255f);
                int target = 3 * ((area.y() + row) * width + area.x() + column);
                for (int channel = 0; channel < 3; channel++) {
                    float below = pixels.get(target + channel) & 0xff;
                    float darkest = SEAM_COLOR[channel] + (open - SEAM_COLOR[channel]) * wide;
                    float above = (darkest + (1 - darkest) * lit) * (insideBytes.get(3 * at + channel) & 0xff);
                    pixels.put(target + channel, (byte) Math.round(below + mix * (above - below)));
                }
            }
        }
    }

    /** From the area's pixels to the texture's: inverse of the head's movement at the mouth, which is affine there. */
    private Mat matrix(HeadPose head) {
        float ox = frame.originX();
        float oy = frame.originY();
        float step = frame.unit();
        float x0 = head.coreX(ox, oy, depth);
        float y0 = head.coreY(ox, oy, depth);
        float xx = (head.coreX(ox + step, oy, depth) - x0) / step;
        float yx = (head.coreY(ox + step, oy, depth) - y0) / step;
        float xy = (head.coreX(ox, oy + step, depth) - x0) / step;
        float yy = (head.coreY(ox, oy + step, depth) - y0) / step;
        float determinant = xx * yy - xy * yx;
        float a = yy / determinant;
        float b = -xy / determinant;
        float c = -yx / determinant;
        float d = xx / determinant;
        // rest = origin + M⁻¹ (pixel − moved origin); texture = scale · (rest − texture's origin)
        float s = texture.scale();
        float offsetX = area.x() - x0;
        float offsetY = area.y() - y0;
        matrixValues.put(0, s * a);
        matrixValues.put(1, s * b);
        matrixValues.put(2, s * (ox - texture.x() + a * offsetX + b * offsetY));
        matrixValues.put(3, s * c);
        matrixValues.put(4, s * d);
        matrixValues.put(5, s * (oy - texture.y() + c * offsetX + d * offsetY));
        return matrix;
    }

    @Override
    public void close() {
        for (Mat mat : new Mat[] {outline, mask, soft, shade, inside, matrix}) {
            mat.close();
        }
        outlines.close();
        texture.close();
    }
}
