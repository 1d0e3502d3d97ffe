package io.avatarservice.server.driver.preview.motion;

import java.util.Objects;

/** The motion of a whole clip, 25 frames a second; its first and its last frame are at rest. Immutable. */
public final class MotionTrack {

    /** Frames per second. */
    public static final int FRAME_RATE = 25;

    private final MouthMotion mouth;
    private final float[] blink;
    private final float[] brow;
    private final HeadMotion head;

    MotionTrack(MouthMotion mouth, float[] blink, float[] brow, HeadMotion head) {
        this.mouth = mouth;
        this.blink = blink;
        this.brow = brow;
        this.head = head;
    }

    /** How many frames there are, at least 1. */
    public int frameCount() {
        return blink.length;
    }

    /**
     * Pose and expression of one frame.
     *
     * @param frame {@code 0} to {@code frameCount() - 1}
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public MotionFrame at(int frame) {
        int i = Objects.checkIndex(frame, frameCount());
        return new MotionFrame(
                value(mouth.jaw(), i),
                value(mouth.spread(), i),
                value(mouth.press(), i),
                value(mouth.activity(), i),
                value(blink, i),
                value(blink, i),
                value(brow, i),
                value(head.yaw(), i),
                value(head.pitch(), i),
                value(head.roll(), i),
                value(head.shiftX(), i),
                value(head.shiftY(), i));
    }

    /** Adding zero makes -0.0 0.0: two frames at rest are equal. */
    private static float value(float[] channel, int frame) {
        return channel[frame] + 0f;
    }
}
