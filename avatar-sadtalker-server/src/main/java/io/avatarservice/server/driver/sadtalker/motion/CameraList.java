package io.avatarservice.server.driver.sadtalker.motion;

import java.util.Arrays;
import java.util.List;

/**
 * Angles that the head turns through in the course of a clip, at an even speed.
 *
 * @param degrees the angles in their order, {@code -180..180}; one is held throughout
 */
public record CameraList(List<Double> degrees) {

    private static final double LIMIT = 180;

    public CameraList {
        degrees = List.copyOf(degrees);
        if (degrees.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one angle");
        }
        for (double angle : degrees) {
            if (!(Math.abs(angle) <= LIMIT)) {
                throw new IllegalArgumentException("angles must be between -180 and 180 degrees, got " + angle);
            }
        }
    }

    /**
     * The angle of every frame: those of the reference, in double and rounded once. A clip of one frame has the first
     * angle and equal neighbors are passed at once, where the reference fails.
     */
    public float[] perFrame(int frames) {
        float[] angles = new float[frames];
        double way = 0;
        for (int i = 1; i < degrees.size(); i++) {
            way += Math.abs(degrees.get(i) - degrees.get(i - 1));
        }
        if (way == 0 || frames == 1) {
            Arrays.fill(angles, degrees.get(0).floatValue());
            return angles;
        }
        double speed = way / (frames - 1);
        int frame = 0;
        for (int i = 1; i < degrees.size(); i++) {
            frame = turn(angles, frame, degrees.get(i - 1), degrees.get(i), speed);
        }
        Arrays.fill(angles, frame, frames, angles[frame - 1]);
        return angles;
    }

    /** Fills in one turn, its end left out, with NumPy's rounding; returns the frame after it. */
    private static int turn(float[] angles, int frame, double from, double to, double speed) {
        if (from == to) {
            return frame;
        }
        double step = speed * Math.abs(to - from) / (to - from);
        int count = (int) Math.min(angles.length - frame, Math.ceil((to - from) / step));
        double increment = from + step - from;
        for (int i = 0; i < count; i++) {
            angles[frame + i] = (float) (from + i * increment);
        }
        return frame + count;
    }
}
