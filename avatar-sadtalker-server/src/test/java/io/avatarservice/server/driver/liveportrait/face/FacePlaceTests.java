package io.avatarservice.server.driver.liveportrait.face;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FacePlaceTests {

    private static final FacePlace BEFORE = new FacePlace(100, 100, 200, 220);

    @Test
    void isTheBoxAroundTheLandmarks() {
        FacePlace place = FacePlace.of(FacePoints.of(SyntheticFace.landmarks()));

        assertThat(place.left()).isBetween(180f, 188f);
        assertThat(place.right()).isBetween(420f, 448f);
    }

    @ParameterizedTest
    @CsvSource({
        "130, 120, 230, 240, true, moved a little",
        "190, 100, 290, 220, false, jumped aside",
        "90, 90, 210, 230, true, came nearer",
        "50, 40, 260, 280, false, twice as large",
        "125, 130, 175, 190, false, half as large",
        "NaN, NaN, NaN, NaN, false, nowhere",
    })
    void tellsAMoveFromALoss(float left, float top, float right, float bottom, boolean follows, String why) {
        assertThat(new FacePlace(left, top, right, bottom).follows(BEFORE, 640, 480))
                .as(why)
                .isEqualTo(follows);
    }

    @Test
    void aFaceThatLeavesThePictureIsLost() {
        FacePlace edge = new FacePlace(540, 100, 640, 220);

        assertThat(new FacePlace(580, 100, 680, 220).follows(edge, 640, 480)).isTrue();
        assertThat(new FacePlace(598, 100, 698, 220).follows(edge, 640, 480)).isFalse();
    }
}
