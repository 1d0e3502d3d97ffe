package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.RandomBytes;

/** Pictures of noise that Python makes too. */
final class RandomImages {

    private RandomImages() {}

    static RgbImage of(int width, int height, int seed) {
        return new RgbImage(width, height, RandomBytes.of(width * height * 3, seed));
    }
}
