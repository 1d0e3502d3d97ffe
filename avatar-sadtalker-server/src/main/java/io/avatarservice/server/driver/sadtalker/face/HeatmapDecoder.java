package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.torch.FloatTensor;
import java.util.List;

/**
 * Reads landmarks off the FAN's heatmaps, one map of 64 by 64 per point: the highest cell, a quarter toward the higher
 * neighbor. Neighbors are taken by flat index as in facexlib, so they wrap around rows, and one point in the first or
 * last row changes the vertical neighbor of all points of the face.
 */
public final class HeatmapDecoder {

    private static final int SIDE = 64;
    private static final int CELLS = SIDE * SIDE;
    private static final double STEP = 0.25;

    private HeatmapDecoder() {}

    /**
     * The landmarks in the picture's pixels.
     *
     * @param heatmaps {@code [1, 98, 64, 64]}
     * @param box the part of the picture that the network saw
     * @throws IllegalArgumentException if the shape is another
     */
    public static Landmarks landmarks(FloatTensor heatmaps, Box box) {
        if (!heatmaps.shape().equals(List.of(1L, (long) WflwPoints.POINTS, (long) SIDE, (long) SIDE))) {
            throw new IllegalArgumentException("heatmaps must have the shape [1, 98, 64, 64], not " + heatmaps.shape());
        }
        double[] points = points(heatmaps.values());
        for (int i = 0; i < points.length; i += 2) {
            points[i] *= box.width() / (double) SIDE;
            points[i + 1] *= box.height() / (double) SIDE;
        }
        float[] xy = WflwPoints.toLandmarks(points).xy();
        for (int i = 0; i < xy.length; i += 2) {
            xy[i] += box.left();
            xy[i + 1] += box.top();
        }
        return new Landmarks(xy);
    }

    /** x and y of every map's point, in cells from the upper left corner, 0..64. */
    static double[] points(float[] maps) {
        int count = maps.length / CELLS;
        int[] peaks = new int[count];
        boolean touchesBottom = false;
        boolean touchesTop = false;
        for (int map = 0; map < count; map++) {
            peaks[map] = peak(maps, map * CELLS);
            touchesBottom |= peaks[map] + SIDE >= CELLS;
            touchesTop |= peaks[map] - SIDE <= 0;
        }
        double[] points = new double[2 * count];
        for (int map = 0; map < count; map++) {
            int start = map * CELLS;
            int peak = peaks[map];
            // the reference fails on the last cell; here it has no right neighbor
            float right = maps[start + Math.min(peak + 1, CELLS - 1)];
            float left = maps[start + Math.floorMod(peak - 1, CELLS)];
            float below = maps[start + (touchesBottom ? CELLS - 1 : peak + SIDE)];
            float above = maps[start + (touchesTop ? 0 : peak - SIDE)];
            points[2 * map] = peak % SIDE + STEP * Math.signum(right - left) + 0.5;
            points[2 * map + 1] = peak / SIDE + STEP * Math.signum(below - above) + 0.5;
        }
        return points;
    }

    private static int peak(float[] maps, int start) {
        int peak = 0;
        for (int cell = 1; cell < CELLS; cell++) {
            if (maps[start + cell] > maps[start + peak]) {
                peak = cell;
            }
        }
        return peak;
    }
}
