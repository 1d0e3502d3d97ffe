package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.torch.FloatTensor;

/**
 * A face as the 3DMM regressor takes it.
 *
 * @param image {@code [1, 3, 224, 224]} red, green, blue, 0..1
 * @param scale by which the picture was resized
 * @param x of the face's origin in the picture, pixels
 * @param y of the face's origin, pixels from the lowest row upwards
 */
public record AlignedFace(FloatTensor image, float scale, float x, float y) {}
