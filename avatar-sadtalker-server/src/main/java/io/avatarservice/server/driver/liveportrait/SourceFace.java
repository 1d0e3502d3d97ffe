package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.torch.FloatTensor;

/**
 * The portrait's face as the networks know it.
 *
 * @param image {@code [1, 3, 256, 256]}, 0 to 1
 * @param canonical keypoints that do not depend on pose and expression, {@code [1, 63]}
 * @param motion pose and expression
 * @param ratios how far eyes and lips are open
 * @param keypoints where they are seen, {@code [1, 21, 3]}
 */
record SourceFace(
        FloatTensor image, FloatTensor canonical, HeadMotion motion, OpeningRatios ratios, FloatTensor keypoints) {

    static SourceFace of(FloatTensor image, FaceMotion motion, OpeningRatios ratios) {
        HeadMotion pose = motion.heads().get(0);
        return new SourceFace(image, motion.keypoints(), pose, ratios, pose.place(motion.keypoints()));
    }
}
