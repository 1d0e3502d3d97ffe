package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.driver.liveportrait.motion.HeadRotation;
import io.avatarservice.server.driver.liveportrait.motion.KeypointTransform;
import io.avatarservice.server.torch.FloatTensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the motion extractor says of some faces.
 *
 * @param pitch logits of 66 classes, {@code [B, 66]}
 * @param yaw likewise
 * @param roll likewise
 * @param translation {@code [B, 3]}
 * @param expression a displacement per keypoint, {@code [B, 63]}
 * @param scale {@code [B, 1]}
 * @param keypoints canonical, {@code [B, 63]}
 */
record FaceMotion(
        FloatTensor pitch,
        FloatTensor yaw,
        FloatTensor roll,
        FloatTensor translation,
        FloatTensor expression,
        FloatTensor scale,
        FloatTensor keypoints) {

    /** The rotations of the heads, {@code [B, 3, 3]}. */
    FloatTensor rotation() {
        return HeadRotation.expected(pitch, yaw, roll);
    }

    /** Pose and expression of each face. */
    List<HeadMotion> heads() {
        FloatTensor rotation = rotation();
        return IntStream.range(0, rotation.size(0))
                .mapToObj(face -> new HeadMotion(
                        rotation.rows(face, face + 1),
                        expression.rows(face, face + 1),
                        scale.rows(face, face + 1),
                        translation.rows(face, face + 1)))
                .toList();
    }

    /** The keypoints where they are seen, {@code [B, 21, 3]}. */
    FloatTensor placed() {
        return KeypointTransform.apply(keypoints, rotation(), expression, scale, translation);
    }
}
