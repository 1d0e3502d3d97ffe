package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.preview.testsupport.FacialLandmarks;
import io.avatarservice.server.driver.preview.testsupport.PaintedPortrait;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.model.ModelException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the network of {@code programs/landmark_onnx.py --tiny}: it always gives the same face, in the middle of its crop. */
class LandmarkFinderTests {

    static final Path NETWORK = Path.of("src/test/resources/io/avatarservice/server/driver/liveportrait/landmark.onnx");

    private static final PortraitSpec PERSON = PaintedPortrait.gallery().get(0);

    private final LandmarkFinder finder = new LandmarkFinder(() -> NETWORK);
    private final BufferedImage portrait = PaintedPortrait.paint(PERSON);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        finder.close();
    }

    @Test
    void findsTheLandmarksWhereTheFaceIs() {
        FacialLandmarks painted = PaintedPortrait.landmarks(PERSON);

        FacePoints found = finder.find(rgb(portrait), portrait.getWidth(), portrait.getHeight());

        assertThat(found.count()).isEqualTo(203);
        double middle = (painted.leftEyeOuter().getX() + painted.rightEyeOuter().getX()) / 2;
        assertThat((double) found.eyes().x()).isCloseTo(middle, within(0.3 * painted.eyeDistance()));
        assertThat((double) found.eyes().y())
                .isCloseTo(painted.leftEyeOuter().getY(), within(0.6 * painted.eyeDistance()));
        assertThat(found.lips().y()).isGreaterThan(found.eyes().y());
    }

    @Test
    void searchesWithoutComplaintWhereThereIsNoFace() {
        byte[] gray = new byte[320 * 240 * 3];

        assertThat(finder.search(gray, 320, 240)).isEmpty();
        assertThat(finder.search(rgb(portrait), portrait.getWidth(), portrait.getHeight()))
                .isPresent();
    }

    @Test
    void saysThatThereIsNoFaceInAPortrait() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> finder.find(new byte[320 * 240 * 3], 320, 240))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.FACE_NOT_FOUND));
    }

    @Test
    void followsAFaceUntilItIsGone() {
        int width = portrait.getWidth();
        int height = portrait.getHeight();
        FacePoints first = finder.find(rgb(portrait), width, height);

        assertThat(finder.follow(rgb(portrait), width, height, first)).isPresent();
        assertThat(finder.follow(new byte[width * height * 3], width, height, first))
                .isEmpty();
    }

    @Test
    void loadsTheNetworkAtItsFirstUse() {
        LandmarkFinder missing = new LandmarkFinder(() -> {
            throw new ModelException("landmark.onnx is missing");
        });

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> missing.find(rgb(portrait), portrait.getWidth(), portrait.getHeight()))
                .withMessage("landmark.onnx is missing");
        missing.close();
    }

    @Test
    void refusesAFileThatIsNoNetwork() throws IOException {
        Path text = Files.writeString(directory.resolve("landmark.onnx"), "no network");
        try (LandmarkFinder broken = new LandmarkFinder(() -> text)) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> broken.find(rgb(portrait), portrait.getWidth(), portrait.getHeight()))
                    .withMessageContaining("is damaged or no ONNX network");
        }
    }

    @Test
    void isOfNoUseOnceClosed() {
        finder.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> finder.find(rgb(portrait), portrait.getWidth(), portrait.getHeight()));
    }

    /** The number comes from ONNX Runtime 1.32. */
    @Test
    void theNetworkGivesTheNumbersOfOnnxRuntime() {
        byte[] crop = new byte[LandmarkNetwork.SIDE * LandmarkNetwork.SIDE * 3];
        for (int i = 0; i < crop.length; i++) {
            crop[i] = (byte) (i % 3 * 80 + i % 7);
        }
        try (LandmarkNetwork network = new LandmarkNetwork(NETWORK)) {
            FloatTensor points = network.read(crop).tensor();

            assertThat(points.values()[0]).isCloseTo(58.402966f, within(1e-4f));
            assertThat(points.values()[405]).isCloseTo(127.98588f, within(1e-4f));
        }
    }

    static byte[] rgb(BufferedImage image) {
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
        for (int i = 0; i < rgb.length / 3; i++) {
            int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        return rgb;
    }
}
