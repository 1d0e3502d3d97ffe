package io.avatarservice.server.driver.preview.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarpMapTests {

    private static final int[] ONE_TRIANGLE = {0, 1, 2};
    private static final int[] TWO_TRIANGLES = {0, 1, 2, 2, 1, 3};

    private final WarpMap map = new WarpMap(new Area(100, 50, 20, 10), 1);

    @Test
    void startsAsTheIdentity() {
        assertThat(map.sourceX()[at(7, 3)]).isEqualTo(107);
        assertThat(map.sourceY()[at(7, 3)]).isEqualTo(53);
    }

    @Test
    void runsLinearlyBetweenTheCorners() {
        float[] x = {100, 119, 100};
        float[] y = {50, 50, 59};
        float[] fromX = {10, 48, 10};
        float[] fromY = {5, 5, 23};

        map.draw(ONE_TRIANGLE, x, y, fromX, fromY);

        assertThat(map.sourceX()[at(4, 2)]).isCloseTo(18, within(1e-3f));
        assertThat(map.sourceY()[at(4, 2)]).isCloseTo(9, within(1e-3f));
    }

    @Test
    void leavesNoPixelBetweenTwoTrianglesUndrawn() {
        float[] x = {99, 121, 99, 121};
        float[] y = {49, 49, 61, 61};
        float[] elsewhere = {-1, -1, -1, -1};

        map.draw(TWO_TRIANGLES, x, y, elsewhere, elsewhere);

        assertThat(map.sourceX()).containsOnly(-1);
        assertThat(map.sourceY()).containsOnly(-1);
    }

    @Test
    void drawsLaterTrianglesOverEarlierOnes() {
        float[] x = {99, 121, 99};
        float[] y = {49, 49, 61};
        map.draw(ONE_TRIANGLE, x, y, new float[] {1, 1, 1}, new float[] {1, 1, 1});

        map.draw(ONE_TRIANGLE, x, y, new float[] {2, 2, 2}, new float[] {2, 2, 2});

        assertThat(map.sourceX()[at(1, 1)]).isEqualTo(2);
    }

    @Test
    void drawsATriangleWhicheverWayItTurns() {
        float[] x = {99, 99, 121};
        float[] y = {49, 61, 49};

        map.draw(ONE_TRIANGLE, x, y, new float[] {3, 3, 3}, new float[] {3, 3, 3});

        assertThat(map.sourceX()[at(1, 1)]).isEqualTo(3);
    }

    @Test
    void skipsTrianglesWithoutArea() {
        float[] x = {100, 110, 119};
        float[] y = {50, 50, 50};

        map.draw(ONE_TRIANGLE, x, y, new float[] {0, 0, 0}, new float[] {0, 0, 0});

        assertThat(map.sourceX()[at(5, 0)]).isEqualTo(105);
    }

    @Test
    void clipsTrianglesThatReachBeyondTheArea() {
        float[] x = {0, 400, 0};
        float[] y = {0, 0, 400};

        map.draw(ONE_TRIANGLE, x, y, x, y);

        assertThat(map.sourceX()[at(19, 9)]).isCloseTo(119, within(1e-3f));
        assertThat(map.sourceY()[at(19, 9)]).isCloseTo(59, within(1e-3f));
    }

    @Test
    void mapsSeveralPlacesPerPixelAtALargerScale() {
        WarpMap fine = new WarpMap(new Area(100, 50, 20, 10), 2);

        assertThat(fine.width()).isEqualTo(40);
        assertThat(fine.sourceX()[0]).isEqualTo(99.75f);
        assertThat(fine.sourceX()[1]).isEqualTo(100.25f);
    }

    private static int at(int column, int row) {
        return row * 20 + column;
    }
}
