package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.motion.CameraPath;
import io.avatarservice.server.driver.sadtalker.motion.HeadAngles;
import io.avatarservice.server.driver.sadtalker.motion.HeadTransform;
import io.avatarservice.server.torch.FloatTensor;

/**
 * The mapping network's words for the motion of some frames.
 *
 * @param yaw logits of 66 classes, {@code [B, 66]}
 * @param pitch likewise
 * @param roll likewise
 * @param translation {@code [B, 3]}
 * @param expression a displacement per keypoint, {@code [B, 45]}
 */
record MappedMotion(
        FloatTensor yaw, FloatTensor pitch, FloatTensor roll, FloatTensor translation, FloatTensor expression) {

    /** The portrait's keypoints, moved: {@code [B, 15, 3]}. */
    FloatTensor applyTo(FloatTensor canonical) {
        return HeadTransform.apply(canonical, angles(), translation, expression);
    }

    /**
     * The same, with the angles that a request prescribes.
     *
     * @param firstFrame the frame of the first row
     */
    FloatTensor applyTo(FloatTensor canonical, CameraPath camera, int firstFrame) {
        return HeadTransform.apply(canonical, camera.replace(angles(), firstFrame), translation, expression);
    }

    private HeadAngles angles() {
        return HeadAngles.expected(yaw, pitch, roll);
    }
}
