package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraListTests {

    @Test
    void theHeadTurnsAtAnEvenSpeed() {
        assertThat(CameraList.parse("-20,30,10").perFrame(11))
                .containsExactly(new float[] {-20, -13, -6, 1, 8, 15, 22, 29, 30, 23, 16}, within(1e-5f));
    }

    @Test
    void theLastAngleBeforeTheEndIsHeld() {
        assertThat(CameraList.parse("0,9").perFrame(4)).containsExactly(new float[] {0, 3, 6, 6}, within(1e-5f));
    }

    @Test
    void oneAngleIsHeldThroughout() {
        assertThat(CameraList.parse("12.5").perFrame(3)).containsExactly(12.5f, 12.5f, 12.5f);
    }

    @Test
    void equalNeighborsArePassedAtOnce() {
        assertThat(CameraList.parse("5,5").perFrame(3)).containsExactly(5, 5, 5);
        assertThat(CameraList.parse("0,6,6,0").perFrame(13))
                .containsExactly(CameraList.parse("0,6,0").perFrame(13));
    }

    @Test
    void oneFrameHasTheFirstAngle() {
        assertThat(CameraList.parse("-20,30").perFrame(1)).containsExactly(-20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-20,30,10", "\u221220, 30 ,10", " -20 30  10 ", "-20.0,30,1e1"})
    void anglesAreSeparatedByCommasOrBlanks(String text) {
        assertThat(CameraList.parse(text).degrees()).containsExactly(-20.0, 30.0, 10.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; '' is not an angle in degrees",
                "1,,2; '' is not an angle in degrees",
                "1,left; 'left' is not an angle in degrees",
                "1,181; angles must be between -180 and 180 degrees, got 181.0",
                "NaN; angles must be between -180 and 180 degrees, got NaN"
            },
            quoteCharacter = '"')
    void otherTextIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CameraList.parse(text.replace("''", "")))
                .withMessage(message);
    }
}
