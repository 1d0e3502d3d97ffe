package io.avatarservice.server.driver.liveportrait.motion;

/**
 * Smooths a number over time: a Kalman filter for a random walk, and back again (Rauch, Tung and Striebel).
 *
 * @param processVariance how far the number walks between two frames, squared
 * @param observationVariance how far the observed number is off, squared
 */
public record RandomWalkSmoother(double processVariance, double observationVariance) {

    private static final double FIRST_VARIANCE = 1;

    /** With the reference's variances. */
    public static RandomWalkSmoother ofMotion() {
        return new RandomWalkSmoother(1e-5, 3e-7);
    }

    /** The values without their jitter. */
    public double[] smooth(double[] observed) {
        double[] smoothed = new double[observed.length];
        double[] variances = new double[observed.length];
        double predicted = observed.length == 0 ? 0 : observed[0];
        double variance = FIRST_VARIANCE;
        for (int i = 0; i < observed.length; i++) {
            double gain = variance / (variance + observationVariance);
            smoothed[i] = predicted + gain * (observed[i] - predicted);
            variances[i] = (1 - gain) * variance;
            predicted = smoothed[i];
            variance = variances[i] + processVariance;
        }
        for (int i = observed.length - 2; i >= 0; i--) {
            double gain = variances[i] / (variances[i] + processVariance);
            smoothed[i] += gain * (smoothed[i + 1] - smoothed[i]);
        }
        return smoothed;
    }
}
