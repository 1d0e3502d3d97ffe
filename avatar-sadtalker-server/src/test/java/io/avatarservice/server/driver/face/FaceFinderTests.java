package io.avatarservice.server.driver.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

import io.avatarservice.server.driver.preview.testsupport.FacialLandmarks;
import io.avatarservice.server.driver.preview.testsupport.PaintedPortrait;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Expression;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceFinderTests {

    /** Points of MediaPipe's mesh. */
    private static final int LEFT_EYE_OUTER = 33;

    private static final int LEFT_EYE_INNER = 133;
    private static final int LEFT_UPPER_LID = 159;
    private static final int LEFT_LOWER_LID = 145;
    private static final int RIGHT_EYE_INNER = 362;
    private static final int RIGHT_EYE_OUTER = 263;
    private static final int RIGHT_UPPER_LID = 386;
    private static final int RIGHT_LOWER_LID = 374;
    private static final int LEFT_MOUTH_CORNER = 61;
    private static final int RIGHT_MOUTH_CORNER = 291;
    private static final int UPPER_LIP_EDGE = 13;
    private static final int LOWER_LIP_EDGE = 14;

    /** Fraction of the distance between the pupils. */
    private static final double TOLERANCE = 0.1;

    private final FaceFinder finder = new FaceFinder();

    @AfterEach
    void close() {
        finder.close();
    }

    static List<PortraitSpec> gallery() {
        return PaintedPortrait.gallery();
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void findsEyesAndMouthWhereTheyWerePainted(PortraitSpec spec) {
        FacialLandmarks painted = PaintedPortrait.landmarks(spec);

        FaceMesh found = find(PaintedPortrait.paint(spec));

        double tolerance = TOLERANCE * painted.eyeDistance();
        assertThat(found.score()).isGreaterThanOrEqualTo(0.8f);
        assertThat(offset(found, LEFT_EYE_OUTER, painted.leftEyeOuter()))
                .as("outer corner, left eye")
                .isLessThan(tolerance);
        assertThat(offset(found, LEFT_EYE_INNER, painted.leftEyeInner()))
                .as("inner corner, left eye")
                .isLessThan(tolerance);
        assertThat(offset(found, RIGHT_EYE_INNER, painted.rightEyeInner()))
                .as("inner corner, right eye")
                .isLessThan(tolerance);
        assertThat(offset(found, RIGHT_EYE_OUTER, painted.rightEyeOuter()))
                .as("outer corner, right eye")
                .isLessThan(tolerance);
        assertThat(offset(found, LEFT_MOUTH_CORNER, painted.leftMouthCorner()))
                .as("left corner, mouth")
                .isLessThan(tolerance);
        assertThat(offset(found, RIGHT_MOUTH_CORNER, painted.rightMouthCorner()))
                .as("right corner, mouth")
                .isLessThan(tolerance);
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void tellsOpenFromClosed(PortraitSpec spec) {
        double unit = PaintedPortrait.landmarks(spec).eyeDistance();

        FaceMesh found = find(PaintedPortrait.paint(spec));

        assertThat(found.distance(LEFT_UPPER_LID, LEFT_LOWER_LID))
                .as("left eye")
                .isGreaterThan((float) (0.1 * unit));
        assertThat(found.distance(RIGHT_UPPER_LID, RIGHT_LOWER_LID))
                .as("right eye")
                .isGreaterThan((float) (0.1 * unit));
        boolean lipsApart = spec.mouth().expression() == Expression.OPEN_SMILE;
        assertThat(found.distance(UPPER_LIP_EDGE, LOWER_LIP_EDGE) / unit)
                .as("between the lips")
                .isBetween(lipsApart ? 0.12 : 0, lipsApart ? 0.3 : 0.08);
    }

    @Test
    void measuresTheTiltOfAHead() {
        PortraitSpec tilted = person(spec -> spec.placement().roll() == 8);

        FaceMesh found = find(PaintedPortrait.paint(tilted));

        double angle = Math.toDegrees(Math.atan2(
                found.y(RIGHT_EYE_OUTER) - found.y(LEFT_EYE_OUTER),
                found.x(RIGHT_EYE_OUTER) - found.x(LEFT_EYE_OUTER)));
        assertThat(angle).isCloseTo(8, within(2.0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void choosesTheLargerOfTwoFaces(boolean largerOnTheLeft) {
        int large = 640;
        int small = 480;
        int largeX = largerOnTheLeft ? 0 : small;
        int smallX = largerOnTheLeft ? large : 0;
        BufferedImage both = new BufferedImage(large + small, large, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = both.createGraphics();
        g.drawImage(PaintedPortrait.paint(gallery().get(0)), largeX, 0, large, large, null);
        g.drawImage(PaintedPortrait.paint(gallery().get(3)), smallX, 0, small, small, null);

        double chosen = middle(find(both));
        g.fillRect(largeX, 0, large, large);
        double remaining = middle(find(both));
        g.dispose();

        assertThat(chosen).isBetween(largeX + 0.4 * large, largeX + 0.6 * large);
        assertThat(remaining).isBetween(smallX + 0.4 * small, smallX + 0.6 * small);
    }

    @Test
    void followsAFaceThatMoved() {
        BufferedImage portrait = PaintedPortrait.paint(gallery().get(0));
        BufferedImage moved =
                new BufferedImage(portrait.getWidth(), portrait.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = moved.createGraphics();
        g.drawImage(portrait, 12, -8, null);
        g.dispose();
        FaceMesh before = find(portrait);

        FaceMesh after;
        try (Mat bgr = mat(moved)) {
            after = finder.follow(bgr, before);
        }

        assertThat(after.score()).isGreaterThan(0.8f);
        assertThat(after.x(LEFT_EYE_OUTER) - before.x(LEFT_EYE_OUTER)).isCloseTo(12, within(2f));
        assertThat(after.y(LEFT_EYE_OUTER) - before.y(LEFT_EYE_OUTER)).isCloseTo(-8, within(2f));
        assertThat(after.x(RIGHT_MOUTH_CORNER) - before.x(RIGHT_MOUTH_CORNER)).isCloseTo(12, within(2f));
        assertThat(after.y(RIGHT_MOUTH_CORNER) - before.y(RIGHT_MOUTH_CORNER)).isCloseTo(-8, within(2f));
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatWasTriedWhereThereIsNoFace(Faceless motif) {
        try (Mat bgr = motif.picture()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> finder.find(bgr))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.FACE_NOT_FOUND))
                    .satisfies(problem -> assertThat(problem.field()).isEqualTo("image"))
                    .withMessageContaining("480x360")
                    .withMessageContaining("the whole picture, then up to 9 and 25 overlapping tiles");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void aTinyPictureHasNoFace(int side) {
        try (Mat bgr = new Mat(side, side, CV_8UC3, Scalar.all(128))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> finder.find(bgr))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.FACE_NOT_FOUND));
        }
    }

    private FaceMesh find(BufferedImage image) {
        try (Mat bgr = mat(image)) {
            return finder.find(bgr);
        }
    }

    private static Mat mat(BufferedImage image) {
        Picture picture = PaintedPortrait.picture(image);
        try (Mat view = new Mat(picture.height(), picture.width(), CV_8UC3, new BytePointer(picture.bgr()))) {
            return view.clone();
        }
    }

    private static PortraitSpec person(Predicate<PortraitSpec> wanted) {
        return gallery().stream().filter(wanted).findFirst().orElseThrow();
    }

    private static double middle(FaceMesh mesh) {
        return (mesh.x(LEFT_EYE_OUTER) + mesh.x(RIGHT_EYE_OUTER)) / 2;
    }

    private static double offset(FaceMesh mesh, int point, Point2D painted) {
        return painted.distance(mesh.x(point), mesh.y(point));
    }

    /** Pictures of 480×360 without anybody in them. */
    private enum Faceless {
        GRADIENT {
            @Override
            void draw(Graphics2D g) {
                g.setPaint(new GradientPaint(0, 0, new Color(40, 60, 90), 480, 360, new Color(230, 200, 180)));
                g.fillRect(0, 0, 480, 360);
            }
        },
        NOISE {
            @Override
            void draw(Graphics2D g) {
                Random random = new Random(7);
                for (int i = 0; i < 480 * 360; i++) {
                    g.setColor(new Color(random.nextInt(0x1000000)));
                    g.fillRect(i % 480, i / 480, 1, 1);
                }
            }
        },
        BRICKS {
            @Override
            void draw(Graphics2D g) {
                g.setColor(Color.LIGHT_GRAY);
                g.fillRect(0, 0, 480, 360);
                g.setColor(new Color(150, 80, 60));
                for (int row = 0; row < 18; row++) {
                    for (int x = -(row % 2) * 30; x < 480; x += 60) {
                        g.fillRect(x, row * 20, 57, 17);
                    }
                }
            }
        },
        TEXT {
            @Override
            void draw(Graphics2D g) {
                g.setColor(Color.WHITE);
                g.fillRect(0, 0, 480, 360);
            }

            @Override
            Mat picture() {
                // OpenCV's own strokes: Java would need a font on the machine.
                Mat page = super.picture();
                for (int line = 0; line < 10; line++) {
                    putText(
                            page,
                            "O o the quick brown fox",
                            new Point(16, 34 + 34 * line),
                            FONT_HERSHEY_SIMPLEX,
                            0.9,
                            Scalar.all(20),
                            2,
                            LINE_AA,
                            false);
                }
                return page;
            }
        };

        abstract void draw(Graphics2D g);

        Mat picture() {
            BufferedImage image = new BufferedImage(480, 360, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D g = image.createGraphics();
            draw(g);
            g.dispose();
            return mat(image);
        }
    }
}
