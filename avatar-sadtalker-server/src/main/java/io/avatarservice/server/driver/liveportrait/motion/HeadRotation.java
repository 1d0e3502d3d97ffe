package io.avatarservice.server.driver.liveportrait.motion;

import io.avatarservice.server.driver.facevid2vid.AngleBins;
import io.avatarservice.server.torch.FloatTensor;

/** Rotations of heads, for points as row vectors: {@code p · R}. Computed in double, rounded once to float32. */
public final class HeadRotation {

    private static final AngleBins BINS = new AngleBins(-97.5);

    private HeadRotation() {}

    /**
     * The rotations that the motion extractor's angle classes expect.
     *
     * @param pitch logits, {@code [B,66]}
     * @param yaw logits, {@code [B,66]}
     * @param roll logits, {@code [B,66]}
     * @return {@code [B,3,3]}
     */
    public static FloatTensor expected(FloatTensor pitch, FloatTensor yaw, FloatTensor roll) {
        float[] x = BINS.degrees("the pitch", pitch);
        float[] y = BINS.degrees("the yaw", yaw.requireShape("the yaw", pitch.size(0), yaw.size(1)));
        float[] z = BINS.degrees("the roll", roll.requireShape("the roll", pitch.size(0), roll.size(1)));
        float[] values = new float[x.length * 9];
        for (int i = 0; i < x.length; i++) {
            double[] rotation = of(x[i], y[i], z[i]);
            for (int k = 0; k < rotation.length; k++) {
                values[i * rotation.length + k] = (float) rotation[k];
            }
        }
        return FloatTensor.of(values, x.length, 3, 3);
    }

    /** The transpose of roll about z times yaw about y times pitch about x, row-major; angles in degrees. */
    static double[] of(double pitch, double yaw, double roll) {
        double cx = Math.cos(Math.toRadians(pitch));
        double sx = Math.sin(Math.toRadians(pitch));
        double cy = Math.cos(Math.toRadians(yaw));
        double sy = Math.sin(Math.toRadians(yaw));
        double cz = Math.cos(Math.toRadians(roll));
        double sz = Math.sin(Math.toRadians(roll));
        return new double[] {
            cy * cz,
            cy * sz,
            -sy,
            sx * sy * cz - cx * sz,
            sx * sy * sz + cx * cz,
            sx * cy,
            cx * sy * cz + sx * sz,
            cx * sy * sz - sx * cz,
            cx * cy
        };
    }
}
