package io.avatarservice.server.driver.preview.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.avatarservice.server.driver.face.FaceFinder;
import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.MotionFrame;
import io.avatarservice.server.driver.preview.testsupport.PaintedPortrait;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec;
import io.avatarservice.server.media.Picture;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortraitRendererTests {

    private static final int INNER_UPPER = 13;
    private static final int INNER_LOWER = 14;

    private final FaceFinder finder = new FaceFinder();

    @AfterAll
    void closeModels() {
        finder.close();
    }

    static List<PortraitSpec> portraits() {
        return PaintedPortrait.gallery();
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void showsThePortraitItselfAtRest(PortraitSpec portrait) {
        try (Studio studio = new Studio(portrait, finder)) {
            studio.shoot(Motion.REST);

            assertThat(studio.differingPixels(0, 0, studio.width(), studio.height()))
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void leavesThePicturesEdgesAlone(PortraitSpec portrait) {
        try (Studio studio = new Studio(portrait, finder)) {
            studio.shoot(new MotionFrame(1, 1, 0, 1, 1, 1, 1, 5, 4, 3.5f, 0.03f, 0.03f));

            assertThat(studio.differingPixels(0, 0, studio.width(), 1)).isZero();
            assertThat(studio.differingPixels(0, studio.height() - 1, studio.width(), 1))
                    .isZero();
            assertThat(studio.differingPixels(0, 0, 1, studio.height())).isZero();
            assertThat(studio.differingPixels(studio.width() - 1, 0, 1, studio.height()))
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void opensTheMouthAsWideAsTheJawSays(PortraitSpec portrait) {
        try (Studio studio = new Studio(portrait, finder)) {
            float closed = studio.mouthOpening(Motion.speaking(0));
            float half = studio.mouthOpening(Motion.speaking(0.5f));
            float wide = studio.mouthOpening(Motion.speaking(1));

            assertThat(closed).isLessThan(0.025f);
            assertThat(half).isBetween(closed + 0.02f, wide - 0.01f);
            assertThat(wide).isGreaterThan(0.07f);
        }
    }

    @Test
    void closesTheEyeOnTheSideThatTheViewerSees() {
        try (Studio studio = new Studio(PaintedPortrait.gallery().get(0), finder)) {
            studio.shoot(new MotionFrame(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0));

            int middle = Math.round(studio.face.x(FaceTopology.BETWEEN_EYES));
            int left = studio.differingPixels(0, 0, middle, studio.height());
            int right = studio.differingPixels(middle, 0, studio.width() - middle, studio.height());
            assertThat(left).isGreaterThan(10 * right);
        }
    }

    @ParameterizedTest
    @MethodSource("portraits")
    void drawsTheSameFrameEachTime(PortraitSpec portrait) {
        try (Studio studio = new Studio(portrait, finder)) {
            MotionFrame motion = new MotionFrame(0.6f, -0.5f, 0, 1, 0.4f, 0.4f, 0.5f, 2, -1, 1.5f, 0, 0.01f);
            byte[] first = studio.shoot(motion);
            studio.shoot(new MotionFrame(1, 1, 0, 1, 1, 1, 1, -5, 4, -3.5f, 0, 0));

            byte[] again = studio.shoot(motion);

            assertThat(again).isEqualTo(first);
        }
    }

    /** Motions by what they show. */
    private static final class Motion {

        static final MotionFrame REST = new MotionFrame(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        static MotionFrame speaking(float jaw) {
            return new MotionFrame(jaw, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    /** One portrait before the renderer. */
    private static final class Studio implements AutoCloseable {

        private final FaceFinder finder;
        private final FaceMesh face;
        private final byte[] portrait;
        private final Mat frame;
        private final ByteBuffer pixels;
        private final PortraitRenderer renderer;

        Studio(PortraitSpec spec, FaceFinder finder) {
            this.finder = finder;
            Picture picture = PaintedPortrait.picture(PaintedPortrait.paint(spec));
            portrait = picture.bgr();
            Mat mat = new Mat(picture.height(), picture.width(), CV_8UC3);
            mat.data().put(portrait);
            face = finder.find(mat);
            renderer = new PortraitRenderer(mat, face);
            pixels = ByteBuffer.allocateDirect(portrait.length);
            frame = new Mat(picture.height(), picture.width(), CV_8UC3, new BytePointer(pixels));
        }

        int width() {
            return frame.cols();
        }

        int height() {
            return frame.rows();
        }

        byte[] shoot(MotionFrame motion) {
            renderer.render(motion, frame, pixels);
            byte[] shot = new byte[portrait.length];
            pixels.get(0, shot);
            return shot;
        }

        /** Distance of the inner lips as a share of the face's height, seen by the landmark model. */
        float mouthOpening(MotionFrame motion) {
            shoot(motion);
            FaceMesh seen = finder.follow(frame, face);
            return seen.distance(INNER_UPPER, INNER_LOWER) / seen.distance(FaceTopology.FOREHEAD, FaceTopology.CHIN);
        }

        int differingPixels(int x, int y, int width, int height) {
            int count = 0;
            for (int row = y; row < y + height; row++) {
                for (int at = 3 * (row * width() + x); at < 3 * (row * width() + x + width); at++) {
                    if (pixels.get(at) != portrait[at]) {
                        count++;
                    }
                }
            }
            return count;
        }

        @Override
        public void close() {
            renderer.close();
            frame.close();
        }
    }
}
