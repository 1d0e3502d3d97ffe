package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CameraPathTests {

    private static final HeadAngles OWN =
            new HeadAngles(new float[] {1, 2, 3}, new float[] {4, 5, 6}, new float[] {7, 8, 9});

    @Test
    void onlyPrescribedAnglesAreReplaced() {
        CameraPath path = CameraPath.of(null, new CameraList(List.of(0.0, 10.0)), null, 11);

        HeadAngles angles = path.replace(OWN, 4);

        assertThat(angles.yaw()).containsExactly(1, 2, 3);
        assertThat(angles.pitch()).containsExactly(4, 5, 6);
        assertThat(angles.roll()).containsExactly(7, 8, 9);
        assertThat(path.replace(OWN, 5).pitch()).containsExactly(5, 6, 7);
    }

    @Test
    void framesThatPadABatchTakeTheLastAngle() {
        CameraPath path = CameraPath.of(new CameraList(List.of(0.0, 10.0)), null, null, 11);

        assertThat(path.replace(OWN, 9).yaw()).containsExactly(9, 9, 9);
    }

    @Test
    void aFreeHeadKeepsItsAngles() {
        assertThat(CameraPath.FREE.replace(OWN, 0)).isEqualTo(OWN);
    }
}
