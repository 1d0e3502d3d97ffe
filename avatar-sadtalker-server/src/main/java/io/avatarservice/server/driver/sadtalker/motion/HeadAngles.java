package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/**
 * How the head of some frames is turned, in degrees, one value per frame.
 *
 * @param yaw to the side
 * @param pitch up and down
 * @param roll towards a shoulder
 */
public record HeadAngles(float[] yaw, float[] pitch, float[] roll) {

    /** Classes of the mapping network's outputs, 3 degrees apart from -99. */
    private static final int CLASSES = 66;

    private static final int DEGREES_PER_CLASS = 3;
    private static final int FIRST_CLASS_DEGREES = -99;

    /**
     * The expected angles of the mapping network's classes.
     *
     * @param yaw logits, {@code [B,66]}
     * @param pitch logits, {@code [B,66]}
     * @param roll logits, {@code [B,66]}
     */
    public static HeadAngles expected(FloatTensor yaw, FloatTensor pitch, FloatTensor roll) {
        return new HeadAngles(degrees("the yaw", yaw), degrees("the pitch", pitch), degrees("the roll", roll));
    }

    private static float[] degrees(String name, FloatTensor logits) {
        Shapes.require(name, logits, logits.size(0), CLASSES);
        float[] degrees = new float[logits.size(0)];
        for (int row = 0; row < degrees.length; row++) {
            degrees[row] = (float) expectation(logits.values(), row * CLASSES);
        }
        return degrees;
    }

    private static double expectation(float[] logits, int from) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CLASSES; i++) {
            largest = Math.max(largest, logits[from + i]);
        }
        double sum = 0;
        double moment = 0;
        for (int i = 0; i < CLASSES; i++) {
            double weight = Math.exp(logits[from + i] - largest);
            sum += weight;
            moment += i * weight;
        }
        return moment / sum * DEGREES_PER_CLASS + FIRST_CLASS_DEGREES;
    }
}
