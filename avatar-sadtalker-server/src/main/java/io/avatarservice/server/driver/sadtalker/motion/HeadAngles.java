package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.driver.facevid2vid.AngleBins;
import io.avatarservice.server.torch.FloatTensor;

/**
 * How the head of some frames is turned, in degrees, one value per frame.
 *
 * @param yaw to the side
 * @param pitch up and down
 * @param roll towards a shoulder
 */
public record HeadAngles(float[] yaw, float[] pitch, float[] roll) {

    /** Those of the mapping network. */
    private static final AngleBins BINS = new AngleBins(-99);

    /**
     * The expected angles of the mapping network's classes.
     *
     * @param yaw logits, {@code [B,66]}
     * @param pitch logits, {@code [B,66]}
     * @param roll logits, {@code [B,66]}
     */
    public static HeadAngles expected(FloatTensor yaw, FloatTensor pitch, FloatTensor roll) {
        return new HeadAngles(
                BINS.degrees("the yaw", yaw), BINS.degrees("the pitch", pitch), BINS.degrees("the roll", roll));
    }
}
