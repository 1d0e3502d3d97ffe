package io.avatarservice.server.driver.preview.render;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.remap;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Draws an area again at a multiple of its size and averages it down. Where the warp tears, as between closed lids, that
 * gives a smooth line instead of steps.
 */
final class FineDetail implements AutoCloseable {

    private static final int SCALE = 3;

    private final Area area;
    private final int[] skin;
    private final WarpMap map;
    private final Mat mapX;
    private final Mat mapY;
    private final FloatBuffer mapXValues;
    private final FloatBuffer mapYValues;
    private final Mat large;
    private final Mat small;
    private final Size size;
    private final Rect rect;
    private final Scalar black = Scalar.all(0);

    /**
     * Prepares an area.
     *
     * @param skin triangles of the skin; those that may reach into the area are kept
     * @param reach how far a vertex may move, pixels
     */
    FineDetail(Area area, PortraitMesh mesh, int[] skin, float reach) {
        this.area = area;
        this.skin = IntStream.range(0, skin.length / 3)
                .filter(t -> near(mesh, skin[3 * t], reach))
                .flatMap(t -> IntStream.of(skin[3 * t], skin[3 * t + 1], skin[3 * t + 2]))
                .toArray();
        map = new WarpMap(area, SCALE);
        mapX = new Mat(map.height(), map.width(), CV_32F);
        mapY = new Mat(map.height(), map.width(), CV_32F);
        mapXValues = mapX.createBuffer();
        mapYValues = mapY.createBuffer();
        large = new Mat(map.height(), map.width(), CV_8UC3);
        small = new Mat(area.height(), area.width(), CV_8UC3);
        size = new Size(area.width(), area.height());
        rect = new Rect(area.x(), area.y(), area.width(), area.height());
    }

    private boolean near(PortraitMesh mesh, int vertex, float reach) {
        float x = mesh.x()[vertex] - area.x();
        float y = mesh.y()[vertex] - area.y();
        return x > -reach && y > -reach && x < area.width() + reach && y < area.height() + reach;
    }

    /** Draws the area of one frame; places as in {@link PortraitRenderer#render}. */
    void draw(
            Mat picture, Mat frame, PortraitMesh mesh, float[] x, float[] y, float[] expressionX, float[] expressionY) {
        map.draw(skin, x, y, mesh.x(), mesh.y());
        map.draw(mesh.eyes(), x, y, expressionX, expressionY);
        mapXValues.put(0, map.sourceX());
        mapYValues.put(0, map.sourceY());
        remap(picture, large, mapX, mapY, INTER_LINEAR, BORDER_REPLICATE, black);
        resize(large, small, size, 0, 0, INTER_AREA);
        try (Mat part = frame.apply(rect)) {
            small.copyTo(part);
        }
    }

    @Override
    public void close() {
        for (Mat mat : new Mat[] {mapX, mapY, large, small}) {
            mat.close();
        }
    }
}
