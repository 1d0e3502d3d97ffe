package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class HeatmapDecoderTests {

    private static final int CELLS = 64 * 64;

    @Test
    void takesAQuarterTowardTheHigherNeighbor() {
        float[] maps = new float[2 * CELLS];
        set(maps, 0, 10, 20, 1);
        set(maps, 0, 10, 21, 0.5f);
        set(maps, 0, 9, 20, 0.3f);
        set(maps, 1, 30, 31, 1);

        assertThat(HeatmapDecoder.points(maps)).containsExactly(20.75, 10.25, 31.5, 30.5);
    }

    @Test
    void takesTheFirstOfEqualPeaks() {
        float[] maps = new float[CELLS];
        set(maps, 0, 12, 40, 1);
        set(maps, 0, 30, 20, 1);

        assertThat(HeatmapDecoder.points(maps)).containsExactly(40.5, 12.5);
    }

    @Test
    void wrapsHorizontalNeighborsAroundRows() {
        float[] maps = new float[CELLS];
        set(maps, 0, 10, 63, 1);
        set(maps, 0, 11, 0, 0.5f);

        assertThat(HeatmapDecoder.points(maps)).containsExactly(63.75, 10.5);
    }

    @Test
    void readsTheLastCellLeftOfTheFirst() {
        float[] maps = new float[CELLS];
        set(maps, 0, 0, 0, 1);
        set(maps, 0, 63, 63, 0.5f);
        set(maps, 0, 1, 0, 2 / 3f);

        // above is the first cell, which is the peak itself
        assertThat(HeatmapDecoder.points(maps)).containsExactly(0.25, 0.25);
    }

    @Test
    void onePointInTheLastRowChangesWhatLiesBelowAll() {
        float[] maps = new float[2 * CELLS];
        set(maps, 0, 63, 30, 1);
        set(maps, 1, 30, 30, 1);
        set(maps, 1, 31, 30, 0.2f);
        set(maps, 1, 29, 30, 0.4f);
        set(maps, 1, 63, 63, 0.6f);

        assertThat(HeatmapDecoder.points(maps)).containsExactly(30.5, 63.5, 30.5, 30.75);
    }

    @Test
    void onePointInTheFirstRowChangesWhatLiesAboveAll() {
        float[] maps = new float[2 * CELLS];
        set(maps, 0, 0, 30, 1);
        set(maps, 1, 30, 30, 1);
        set(maps, 1, 31, 30, 0.5f);
        set(maps, 1, 0, 0, 0.6f);

        assertThat(HeatmapDecoder.points(maps)).containsExactly(30.5, 0.5, 30.5, 30.25);
    }

    @Test
    void aPeakInTheLastCellHasNoRightNeighbor() {
        float[] maps = new float[CELLS];
        set(maps, 0, 63, 63, 1);

        assertThat(HeatmapDecoder.points(maps)).containsExactly(63.75, 63.75);
    }

    @Test
    void scalesToTheBox() {
        float[] maps = new float[98 * CELLS];
        for (int map = 0; map < 98; map++) {
            set(maps, map, 10 + map / 3, 20, 1);
        }

        Landmarks landmarks =
                HeatmapDecoder.landmarks(FloatTensor.of(maps, 1, 98, 64, 64), new Box(100, 200, 228, 520));

        assertThat(landmarks.x(0)).isEqualTo(100 + 20.5f * 2);
        assertThat(landmarks.y(0)).isEqualTo(200 + 10.5f * 5);
        // point 18 of 68 is the middle of points 34 and 41 of 98, in rows 21 and 23
        assertThat(landmarks.y(18)).isEqualTo(200 + 22.5f * 5);
        // the last point is number 95 of 98
        assertThat(landmarks.y(67)).isEqualTo(200 + 41.5f * 5);
    }

    @Test
    void refusesAnotherShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        HeatmapDecoder.landmarks(FloatTensor.of(new float[CELLS], 1, 1, 64, 64), new Box(0, 0, 10, 10)))
                .withMessage("heatmaps must have the shape [1, 98, 64, 64], not [1, 1, 64, 64]");
    }

    private static void set(float[] maps, int map, int row, int column, float value) {
        maps[map * CELLS + row * 64 + column] = value;
    }
}
