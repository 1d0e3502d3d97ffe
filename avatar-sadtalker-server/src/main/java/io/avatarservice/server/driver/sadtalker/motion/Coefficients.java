package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/**
 * The coefficients of a clip: what the mapping network reads for the portrait and for each frame. Windows of 27 rows are
 * made when asked for, since they overlap 27 times.
 */
public final class Coefficients {

    /** Rows before and after a frame in its window. */
    private static final int RADIUS = 13;

    /** Rows of a window. */
    public static final int WINDOW = 2 * RADIUS + 1;

    private final FloatTensor source;
    private final FloatTensor targets;

    private Coefficients(FloatTensor source, FloatTensor targets) {
        this.source = source;
        this.targets = targets;
    }

    /**
     * Puts the rows of a clip together.
     *
     * @param source the portrait's row, {@code [1,73]}
     * @param expressions {@code [N,64]}
     * @param poses {@code [N,6]}
     * @param settings what the request asks for
     */
    public static Coefficients of(FloatTensor source, FloatTensor expressions, FloatTensor poses, Settings settings) {
        int expression = CoefficientLayout.EXPRESSION;
        int pose = CoefficientLayout.POSE;
        int frames = expressions.size(0);
        Shapes.require("the portrait's coefficients", source, 1, CoefficientLayout.FULL_ROW);
        Shapes.require("the expressions", expressions, frames, expression);
        Shapes.require("the poses", poses, frames, pose);
        int width = settings.full() ? CoefficientLayout.FULL_ROW : CoefficientLayout.CROP_ROW;
        float scale = (float) settings.expressionScale();
        float[] rows = new float[Math.multiplyExact(frames, width)];
        for (int frame = 0; frame < frames; frame++) {
            int row = frame * width;
            for (int i = 0; i < expression; i++) {
                rows[row + i] = expressions.values()[frame * expression + i] * scale;
            }
            System.arraycopy(source.values(), expression, rows, row + expression, width - expression);
            if (!settings.still()) {
                System.arraycopy(poses.values(), frame * pose, rows, row + expression, pose);
            }
        }
        float[] portrait = new float[width];
        System.arraycopy(source.values(), 0, portrait, 0, width);
        return new Coefficients(FloatTensor.of(portrait, 1, width), FloatTensor.of(rows, frames, width));
    }

    /**
     * What a request asks for.
     *
     * @param expressionScale what the expression is multiplied by; 1 as the network gives it
     * @param still whether the head keeps the portrait's pose
     * @param full whether rows say where the face lies in the picture, for the modes that paste back
     */
    public record Settings(double expressionScale, boolean still, boolean full) {}

    /** Frames of the clip. */
    public int frames() {
        return targets.size(0);
    }

    /** Columns of a row: 70, or 73 in the modes that paste back. */
    public int channels() {
        return targets.size(1);
    }

    /** The portrait's window: its row 27 times, {@code [1,C,27]}. */
    public FloatTensor source() {
        return windows(source, 0, 1);
    }

    /**
     * The windows of some frames, rows beyond the ends repeating the first and the last one.
     *
     * @param from the first frame
     * @param to after the last frame
     * @return {@code [to - from,C,27]}
     */
    public FloatTensor targets(int from, int to) {
        return windows(targets, from, to);
    }

    private static FloatTensor windows(FloatTensor rows, int from, int to) {
        int width = rows.size(1);
        float[] values = new float[Math.multiplyExact(to - from, width * WINDOW)];
        int index = 0;
        for (int frame = from; frame < to; frame++) {
            for (int column = 0; column < width; column++) {
                for (int i = -RADIUS; i <= RADIUS; i++) {
                    int row = Math.max(0, Math.min(rows.size(0) - 1, frame + i));
                    values[index++] = rows.values()[row * width + column];
                }
            }
        }
        return FloatTensor.of(values, to - from, width, WINDOW);
    }
}
