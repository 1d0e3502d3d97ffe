package io.avatarservice.server.driver.preview.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.avatarservice.server.driver.face.FaceFinder;
import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.MotionFrame;
import io.avatarservice.server.driver.preview.testsupport.PaintedPortrait;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec;
import io.avatarservice.server.media.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A warp without folds keeps every triangle of the grid turning the way it turned in the portrait. */
class WarpFoldTests {

    static List<PortraitSpec> portraits() {
        return PaintedPortrait.gallery();
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void nothingFolds(PortraitSpec portrait) {
        Picture picture = PaintedPortrait.picture(PaintedPortrait.paint(portrait));
        try (Mat mat = new Mat(picture.height(), picture.width(), CV_8UC3);
                FaceFinder finder = new FaceFinder()) {
            mat.data().put(picture.bgr());
            FaceMesh face = finder.find(mat);
            FaceFrame frame = FaceFrame.of(face);
            PortraitMesh mesh = PortraitMesh.of(
                    face, new Area(0, 0, picture.width(), picture.height()), Math.max(3, 0.08f * frame.unit()));
            float[] everywhere = new float[mesh.size()];
            Arrays.fill(everywhere, 1);
            Expressions expressions = new Expressions(face, frame, new MouthShape(face, frame), mesh);
            HeadPose head = new HeadPose(face, frame, mesh, everywhere);

            for (MotionFrame extreme : extremes()) {
                float[] x = new float[mesh.size()];
                float[] y = new float[mesh.size()];
                expressions.apply(extreme, mesh, everywhere, x, y);
                head.pose(extreme);
                head.apply(mesh, x, y);

                assertThat(foldedArea(mesh, x, y, triangle -> triangle >= FaceMesh.POINTS))
                        .as("around the face, %s", extreme)
                        .isZero();
                // Turned away from the camera, a nostril's wing may lie behind itself.
                assertThat(foldedArea(mesh, x, y, triangle -> triangle < FaceMesh.POINTS))
                        .as("in the face, %s", extreme)
                        .isLessThan(0.005f * frame.unit() * frame.unit());
            }
        }
    }

    private static List<MotionFrame> extremes() {
        return List.of(
                new MotionFrame(1, 1, 0, 1, 1, 1, 1, 5, 4, 3.5f, 0.03f, 0.03f),
                new MotionFrame(1, -1, 0, 1, 0, 0, -0.3f, -5, -4, -3.5f, -0.03f, -0.03f),
                new MotionFrame(0, 0, 1, 1, 1, 1, 0, 5, -4, -3.5f, 0, 0),
                new MotionFrame(0, -1, 1, 1, 1, 0, 1, -5, 4, 3.5f, 0, 0));
    }

    private static float foldedArea(PortraitMesh mesh, float[] x, float[] y, IntPredicate firstVertex) {
        float folded = 0;
        int[] triangles = mesh.skin();
        for (int t = 0; t < triangles.length; t += 3) {
            float before = area(triangles, t, mesh.x(), mesh.y());
            float after = area(triangles, t, x, y);
            if (firstVertex.test(triangles[t]) && before * after < 0) {
                folded += Math.abs(after) / 2;
            }
        }
        return folded;
    }

    private static float area(int[] triangles, int t, float[] x, float[] y) {
        int a = triangles[t];
        int b = triangles[t + 1];
        int c = triangles[t + 2];
        return (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]);
    }
}
