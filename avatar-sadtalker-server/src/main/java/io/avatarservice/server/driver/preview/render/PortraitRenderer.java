package io.avatarservice.server.driver.preview.render;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.remap;

import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.MotionFrame;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Draws one portrait in any pose and expression. Everything that depends on the portrait alone is computed once; a frame
 * allocates nothing that grows with the video. Not thread-safe.
 */
public final class PortraitRenderer implements AutoCloseable {

    /** Grid spacing around the face, face units: fine enough that the linear pieces stay below a tenth of a pixel. */
    private static final float GRID_SPACING = 0.08f;
    /** Width of the rim at the picture's edges in which all movement fades out, face units. */
    private static final float EDGE_FADE = 0.35f;
    /** How far the movement reaches from the mouth, face units. */
    private static final float REACH_SIDEWAYS = 2f;

    /** How far a turn of the head moves an eye, face units. */
    private static final float HEAD_MOVES = 0.2f;

    private static final float REACH_UP = 3.6f;
    private static final float REACH_DOWN = 2.1f;

    private final Mat picture;
    private final ByteBuffer pictureBytes;
    private final PortraitMesh mesh;
    private final int[] skin;
    private final Expressions expressions;
    private final HeadPose head;
    private final MouthInterior interior;
    private final WarpMap map;
    private final FineDetail eyeOnTheLeft;
    private final FineDetail eyeOnTheRight;
    private final float[] edgeFade;
    private final float[] expressionX;
    private final float[] expressionY;
    private final float[] frameX;
    private final float[] frameY;
    private final Mat mapX;
    private final Mat mapY;
    private final FloatBuffer mapXValues;
    private final FloatBuffer mapYValues;
    private final Scalar black = Scalar.all(0);

    /**
     * Prepares a portrait.
     *
     * @param picture 8-bit blue, green, red; kept, and closed with this renderer
     * @param found its face
     */
    public PortraitRenderer(Mat picture, FaceMesh found) {
        this.picture = picture;
        this.pictureBytes = picture.createBuffer();
        Pixels portrait = new Pixels(picture);
        FaceFrame frame = FaceFrame.of(found);
        FaceMesh face = LipContour.refine(portrait, found, frame);
        MouthShape mouth = new MouthShape(face, frame);
        float unit = frame.unit();
        Area area = Area.around(
                frame.originX() - REACH_SIDEWAYS * unit,
                frame.originY() - REACH_UP * unit,
                frame.originX() + REACH_SIDEWAYS * unit,
                frame.originY() + REACH_DOWN * unit,
                picture.cols(),
                picture.rows());
        float spacing = Math.max(3, GRID_SPACING * unit);
        mesh = PortraitMesh.of(face, area, spacing);
        edgeFade = edgeFade(mesh, picture.cols(), picture.rows(), spacing + 1, EDGE_FADE * unit);
        expressions = new Expressions(face, frame, mouth, mesh);
        head = new HeadPose(face, frame, mesh, edgeFade);
        skin = moving(mesh.skin());
        interior = new MouthInterior(
                face, frame, MouthTexture.paint(portrait, face, frame, mouth), picture.cols(), picture.rows());
        map = new WarpMap(area, 1);
        eyeOnTheLeft = detail(face, FaceTopology.RIGHT_UPPER_LID, FaceTopology.RIGHT_LOWER_LID, unit);
        eyeOnTheRight = detail(face, FaceTopology.LEFT_UPPER_LID, FaceTopology.LEFT_LOWER_LID, unit);
        expressionX = new float[mesh.size()];
        expressionY = new float[mesh.size()];
        frameX = new float[mesh.size()];
        frameY = new float[mesh.size()];
        mapX = new Mat(area.height(), area.width(), CV_32F);
        mapY = new Mat(area.height(), area.width(), CV_32F);
        mapXValues = mapX.createBuffer();
        mapYValues = mapY.createBuffer();
    }

    /** 0 on the picture's edge and one grid cell inside it, so that the outermost pixels stay as they are. */
    private static float[] edgeFade(PortraitMesh mesh, int width, int height, float margin, float rim) {
        float[] fade = new float[mesh.size()];
        for (int i = 0; i < fade.length; i++) {
            float x = mesh.x()[i];
            float y = mesh.y()[i];
            float distance = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y));
            fade[i] = Smooth.step(margin, margin + rim, distance);
        }
        return fade;
    }

    private FineDetail detail(FaceMesh face, int[] upperLid, int[] lowerLid, float unit) {
        int corner = upperLid[0];
        int otherCorner = upperLid[upperLid.length - 1];
        int middle = lowerLid[lowerLid.length / 2];
        float reach = HEAD_MOVES * unit;
        Area area = Area.around(
                Math.min(face.x(corner), face.x(otherCorner)) - reach,
                Math.min(face.y(corner), face.y(otherCorner)) - reach,
                Math.max(face.x(corner), face.x(otherCorner)) + reach,
                Math.max(face.y(middle), Math.max(face.y(corner), face.y(otherCorner))) + reach,
                picture.cols(),
                picture.rows());
        return new FineDetail(area, mesh, skin, 2 * reach);
    }

    /** The triangles that some pose or expression moves; the map of the others stays as it starts, the identity. */
    private int[] moving(int[] triangles) {
        return IntStream.range(0, triangles.length / 3)
                .filter(t ->
                        movable(triangles[3 * t]) || movable(triangles[3 * t + 1]) || movable(triangles[3 * t + 2]))
                .filter(t -> !crossesEdge(triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2]))
                .flatMap(t -> IntStream.of(triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2]))
                .toArray();
    }

    /** Where a face reaches out of the picture, the grid under it is drawn instead: it ends with the picture. */
    private boolean crossesEdge(int a, int b, int c) {
        return a < FaceMesh.POINTS && (edgeFade[a] == 0 || edgeFade[b] == 0 || edgeFade[c] == 0);
    }

    private boolean movable(int vertex) {
        return edgeFade[vertex] > 0 && (head.moves(vertex) || expressions.moves(vertex));
    }

    public int width() {
        return picture.cols();
    }

    public int height() {
        return picture.rows();
    }

    /**
     * Draws a frame.
     *
     * @param frame receives the pixels; the portrait's size, 8-bit blue, green, red, without padding
     * @param pixels the frame's bytes
     */
    public void render(MotionFrame motion, Mat frame, ByteBuffer pixels) {
        pixels.put(0, pictureBytes, 0, pictureBytes.capacity());
        expressions.apply(motion, mesh, edgeFade, expressionX, expressionY);
        System.arraycopy(expressionX, 0, frameX, 0, frameX.length);
        System.arraycopy(expressionY, 0, frameY, 0, frameY.length);
        head.pose(motion);
        head.apply(mesh, frameX, frameY);

        map.draw(skin, frameX, frameY, mesh.x(), mesh.y());
        map.draw(mesh.mouth(), frameX, frameY, mesh.x(), mesh.y());
        // Lids slide over the eye, so an eye's pixels come from where the lids are, not from where they were.
        map.draw(mesh.eyes(), frameX, frameY, expressionX, expressionY);
        mapXValues.put(0, map.sourceX());
        mapYValues.put(0, map.sourceY());
        Area area = map.area();
        try (Rect rect = new Rect(area.x(), area.y(), area.width(), area.height());
                Mat part = frame.apply(rect)) {
            remap(picture, part, mapX, mapY, INTER_LINEAR, BORDER_REPLICATE, black);
        }
        if (motion.blinkLeft() > 0) {
            eyeOnTheLeft.draw(picture, frame, mesh, frameX, frameY, expressionX, expressionY);
        }
        if (motion.blinkRight() > 0) {
            eyeOnTheRight.draw(picture, frame, mesh, frameX, frameY, expressionX, expressionY);
        }
        interior.draw(pixels, picture.cols(), frameX, frameY, head, motion.activity());
    }

    @Override
    public void close() {
        interior.close();
        eyeOnTheLeft.close();
        eyeOnTheRight.close();
        mapX.close();
        mapY.close();
        picture.close();
    }
}
