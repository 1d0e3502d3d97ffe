package io.avatarservice.server.driver.facevid2vid;

import io.avatarservice.server.torch.FloatTensor;

/**
 * Angles that networks give as logits of 66 classes, 3 degrees apart.
 *
 * @param firstDegrees the angle of the first class, which differs between the engines
 */
public record AngleBins(double firstDegrees) {

    private static final int CLASSES = 66;
    private static final int DEGREES_PER_CLASS = 3;

    /**
     * The expected angles.
     *
     * @param name of the logits, for messages
     * @param logits {@code [B,66]}
     * @return one angle per row, degrees
     * @throws IllegalArgumentException for another shape
     */
    public float[] degrees(String name, FloatTensor logits) {
        logits.requireShape(name, logits.size(0), CLASSES);
        float[] degrees = new float[logits.size(0)];
        for (int row = 0; row < degrees.length; row++) {
            degrees[row] = (float) (expectation(logits.values(), row * CLASSES) * DEGREES_PER_CLASS + firstDegrees);
        }
        return degrees;
    }

    /** The mean class under the softmax of the logits. */
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
        return moment / sum;
    }
}
