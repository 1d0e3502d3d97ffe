package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** The coefficient rows of a reference video, brought to SadTalker's frame rate. */
public final class ReferenceVideoRows {

    private static final int FRAMES_PER_SECOND = 25;

    private ReferenceVideoRows() {}

    /**
     * Interpolates linearly in time, which leaves the rows of a video at 25 frames per second as they are. The reference
     * takes frames one by one and so plays any other video too slow or too fast. The last row lasts as long as the
     * others do on average.
     *
     * @param rows one row per frame, {@code [M,C]}
     * @param seconds when each frame is shown, ascending
     * @return {@code [N,C]}, of 25 rows per second
     */
    public static FloatTensor resample(FloatTensor rows, double[] seconds) {
        Shapes.requireRows("the reference", rows, 1);
        requireAscending(seconds, rows.size(0));
        int last = seconds.length - 1;
        double length = last == 0 ? 0 : (seconds[last] - seconds[0]) * seconds.length / last;
        int frames = Math.toIntExact(Math.max(1, Math.round(length * FRAMES_PER_SECOND)));
        int width = rows.size(1);
        float[] values = new float[Math.multiplyExact(frames, width)];
        int row = 0;
        for (int frame = 0; frame < frames; frame++) {
            double time = seconds[0] + (double) frame / FRAMES_PER_SECOND;
            while (row < last && seconds[row + 1] <= time) {
                row++;
            }
            int next = Math.min(last, row + 1);
            double weight = next == row ? 0 : (time - seconds[row]) / (seconds[next] - seconds[row]);
            for (int column = 0; column < width; column++) {
                float from = rows.values()[row * width + column];
                float to = rows.values()[next * width + column];
                values[frame * width + column] = (float) (from + weight * ((double) to - from));
            }
        }
        return FloatTensor.of(values, frames, width);
    }

    private static void requireAscending(double[] seconds, int rows) {
        if (seconds.length != rows) {
            throw new IllegalArgumentException("%d times do not fit %d rows".formatted(seconds.length, rows));
        }
        for (int i = 1; i < seconds.length; i++) {
            if (!(seconds[i] > seconds[i - 1])) {
                throw new IllegalArgumentException(
                        "the time of frame %d, %s s, is not after %s s".formatted(i, seconds[i], seconds[i - 1]));
            }
        }
    }
}
