package io.avatarservice.server.driver.face;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_dnn.blobFromImage;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * MediaPipe's Face Mesh: 192×192 RGB in 0..1, upright face; 468 points and a score. Not thread-safe.
 */
final class FaceMeshNetwork implements AutoCloseable {

    private static final int INPUT = 192;

    private final Net net;

    FaceMeshNetwork(Net net) {
        this.net = net;
    }

    /**
     * Reads the mesh in a square region of the picture.
     *
     * @param bgr the picture
     * @param region where the face is
     */
    FaceMesh read(Mat bgr, FaceRegion region) {
        try (PointerScope scope = new PointerScope()) {
            double scale = region.side() / INPUT;
            double cos = Math.cos(region.angle()) * scale;
            double sin = Math.sin(region.angle()) * scale;
            double originX = region.centerX() - cos * INPUT / 2 + sin * INPUT / 2;
            double originY = region.centerY() - sin * INPUT / 2 - cos * INPUT / 2;
            Mat crop = new Mat();
            warpAffine(
                    bgr,
                    crop,
                    matrix(cos, -sin, originX, sin, cos, originY),
                    new Size(INPUT, INPUT),
                    INTER_LINEAR | WARP_INVERSE_MAP,
                    BORDER_REPLICATE,
                    Scalar.all(0));
            net.setInput(blobFromImage(crop, 1 / 255.0, new Size(INPUT, INPUT), Scalar.all(0), true, false, CV_32F));
            MatVector outputs = new MatVector();
            net.forward(outputs, new StringVector("conv2d_21", "conv2d_31"));
            FloatIndexer raw = outputs.get(0).reshape(1, FaceMesh.POINTS).createIndexer();
            FloatIndexer logit = outputs.get(1).reshape(1, 1).createIndexer();
            float[] points = new float[FaceMesh.POINTS * 3];
            for (int i = 0; i < FaceMesh.POINTS; i++) {
                double x = raw.get(i, 0);
                double y = raw.get(i, 1);
                points[3 * i] = (float) (originX + cos * x - sin * y);
                points[3 * i + 1] = (float) (originY + sin * x + cos * y);
                points[3 * i + 2] = (float) (raw.get(i, 2) * scale);
            }
            return new FaceMesh(points, (float) (1 / (1 + Math.exp(-logit.get(0, 0)))));
        }
    }

    private static Mat matrix(double... values) {
        Mat matrix = new Mat(2, 3, CV_64F);
        DoubleIndexer indexer = matrix.createIndexer();
        indexer.put(0, 0, values);
        return matrix;
    }

    @Override
    public void close() {
        net.close();
    }
}
