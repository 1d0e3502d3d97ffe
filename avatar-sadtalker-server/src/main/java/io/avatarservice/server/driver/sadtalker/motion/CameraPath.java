package io.avatarservice.server.driver.sadtalker.motion;

import org.jspecify.annotations.Nullable;

/**
 * The angles that a request prescribes for a whole clip, in degrees per frame; the network's own where there are none.
 *
 * @param yaw to the side
 * @param pitch up and down
 * @param roll towards a shoulder
 */
public record CameraPath(float @Nullable [] yaw, float @Nullable [] pitch, float @Nullable [] roll) {

    /** Nothing prescribed. */
    public static final CameraPath FREE = new CameraPath(null, null, null);

    /** Spreads lists over a clip. */
    public static CameraPath of(
            @Nullable CameraList yaw, @Nullable CameraList pitch, @Nullable CameraList roll, int frames) {
        return new CameraPath(spread(yaw, frames), spread(pitch, frames), spread(roll, frames));
    }

    /**
     * Replaces the angles of a batch where others are prescribed.
     *
     * @param angles the network's
     * @param firstFrame the first frame of the batch; frames after the clip's last, which pad a batch, take its angles
     */
    public HeadAngles replace(HeadAngles angles, int firstFrame) {
        return new HeadAngles(
                replace(angles.yaw(), yaw, firstFrame),
                replace(angles.pitch(), pitch, firstFrame),
                replace(angles.roll(), roll, firstFrame));
    }

    private static float @Nullable [] spread(@Nullable CameraList list, int frames) {
        return list == null ? null : list.perFrame(frames);
    }

    private static float[] replace(float[] own, float @Nullable [] prescribed, int firstFrame) {
        if (prescribed == null) {
            return own;
        }
        float[] angles = new float[own.length];
        for (int i = 0; i < angles.length; i++) {
            angles[i] = prescribed[Math.min(firstFrame + i, prescribed.length - 1)];
        }
        return angles;
    }
}
