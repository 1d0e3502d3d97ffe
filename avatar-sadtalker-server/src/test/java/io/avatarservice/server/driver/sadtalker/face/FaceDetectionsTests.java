package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.Anchors.Anchor;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class FaceDetectionsTests {

    private static final Size PICTURE = new Size(100, 60);

    /** Two squares at each of 13x8, 7x4 and 4x2 cells. */
    private static final int ANCHORS = 2 * (104 + 28 + 8);

    /** The larger square of the coarsest grid's first cell. */
    private static final int COARSE = 2 * (104 + 28) + 1;

    private final float[] loc = new float[4 * ANCHORS];
    private final float[] conf = new float[2 * ANCHORS];
    private final float[] landmarks = new float[10 * ANCHORS];

    @Test
    void laysAnchorsByLevelRowColumnAndSide() {
        Anchors anchors = new Anchors(PICTURE);

        assertThat(anchors.count()).isEqualTo(ANCHORS);
        assertThat(anchors.anchor(0)).isEqualTo(new Anchor(0.04f, (float) (4 / 60.0), 0.16f, (float) (16 / 60.0)));
        assertThat(anchors.anchor(2 * 13 + 3))
                .isEqualTo(new Anchor(0.12f, (float) (12 / 60.0), 0.32f, (float) (32 / 60.0)));
        assertThat(anchors.anchor(COARSE))
                .isEqualTo(new Anchor(0.16f, (float) (16 / 60.0), 5.12f, (float) (512 / 60.0)));
        assertThat(new Anchors(new Size(4000, 3000)).count()).isEqualTo(492500);
    }

    @Test
    void decodesBoxAndPointsFromTheAnchor() {
        score(2 * 13 * 3 + 2 * 6, 0.99f); // row 3, column 6 of the finest grid, side 16: center (52, 28)
        int at = 2 * 13 * 3 + 2 * 6;
        loc[4 * at] = 1;
        loc[4 * at + 1] = -2;
        loc[4 * at + 2] = (float) (Math.log(2) / 0.2);
        landmarks[10 * at] = 5;
        landmarks[10 * at + 9] = -5;

        FaceDetections faces = detect();

        float[] row = faces.boxes().values();
        assertThat(faces.count()).isEqualTo(1);
        assertThat(row).hasSize(15);
        assertThat(row[0]).isCloseTo(52 + 1.6f - 16, within(1e-4f));
        assertThat(row[1]).isCloseTo(28 - 3.2f - 8, within(1e-4f));
        assertThat(row[2]).isCloseTo(52 + 1.6f + 16, within(1e-4f));
        assertThat(row[3]).isCloseTo(28 - 3.2f + 8, within(1e-4f));
        assertThat(row[4]).isEqualTo(0.99f);
        assertThat(row[5]).isCloseTo(60, within(1e-4f));
        assertThat(row[6]).isCloseTo(28, within(1e-4f));
        assertThat(row[14]).isCloseTo(20, within(1e-4f));
    }

    @Test
    void dropsScoresAtTheThreshold() {
        score(0, 0.97f);

        FaceDetections faces = detect();

        assertThat(faces.count()).isZero();
        assertThat(faces.bestScore()).isEqualTo(0.97f);
    }

    @Test
    void dropsWhatCoversABetterFace() {
        score(2 * 40, 0.98f);
        score(2 * 40 + 2, 0.99f); // 8 pixels to the right: a third in common
        score(2 * 40 + 4, 0.985f);
        score(2 * 40 + 1, 0.995f); // the square of 32 around the first one of 16: a quarter in common
        loc[4 * (2 * 40 + 4)] = -5 * 0.75f; // 6 pixels back: 10/22 in common with 0.99

        FaceDetections faces = detect();

        assertThat(faces.count()).isEqualTo(3);
        assertThat(faces.face(0).score()).isEqualTo(0.995f);
        assertThat(faces.face(1).score()).isEqualTo(0.99f);
        assertThat(faces.face(2).score()).isEqualTo(0.98f);
    }

    @Test
    void putsTheLaterOfEqualScoresFirst() {
        score(0, 0.99f);
        score(2 * 12, 0.99f);

        FaceDetections faces = detect();

        assertThat(faces.face(0).left()).isGreaterThan(faces.face(1).left());
    }

    @Test
    void ignoresScoresThatAreNoNumbers() {
        score(0, Float.NaN);
        score(2, 0.3f);

        FaceDetections faces = detect();

        assertThat(faces.count()).isZero();
        assertThat(faces.bestScore()).isEqualTo(0.3f);
    }

    @Test
    void theBestFaceShowsInThePicture() {
        score(0, 0.99f);
        loc[0] = -100;
        score(2 * 12, 0.98f);

        FaceDetections faces = detect();

        assertThat(faces.count()).isEqualTo(2);
        assertThat(faces.best(PICTURE)).map(DetectedFace::score).contains(0.98f);
    }

    @Test
    void theBoxOfAFaceIsCutAtThePicture() {
        assertThat(new DetectedFace(-3.7f, 1.9f, 120.5f, 59.9f, 1).box(PICTURE)).isEqualTo(new Box(0, 1, 100, 59));
    }

    @Test
    void tellsTheBestScoreWhereThereIsNoFace() {
        score(7, 0.412f);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> detect().bestOrThrow(PICTURE, "the picture"))
                .withMessage("no face was found in the picture: the best score is 0.412, it must be above 0.97")
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.FACE_NOT_FOUND);
    }

    @Test
    void refusesOutputsOfAnotherPicture() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaceDetections.of(
                        FloatTensor.of(loc, 1, ANCHORS, 4),
                        FloatTensor.of(conf, 1, ANCHORS, 2),
                        FloatTensor.of(landmarks, 1, ANCHORS, 10),
                        new Size(64, 64),
                        0.97))
                .withMessage("loc must have the shape [1, 168, 4], not [1, 280, 4]");
    }

    private void score(int anchor, float score) {
        conf[2 * anchor] = 1 - score;
        conf[2 * anchor + 1] = score;
    }

    private FaceDetections detect() {
        return FaceDetections.of(
                FloatTensor.of(loc, 1, ANCHORS, 4),
                FloatTensor.of(conf, 1, ANCHORS, 2),
                FloatTensor.of(landmarks, 1, ANCHORS, 10),
                PICTURE,
                FaceDetections.SCORE_THRESHOLD);
    }
}
