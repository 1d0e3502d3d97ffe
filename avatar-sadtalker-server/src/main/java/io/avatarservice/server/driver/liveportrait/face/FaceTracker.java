package io.avatarservice.server.driver.liveportrait.face;

import java.util.Optional;

/** Finds the 203 landmarks of a face, in a picture or from picture to picture. Safe for use by many threads. */
public interface FaceTracker {

    /**
     * The largest face of a picture, whatever came before.
     *
     * @param rgb {@code height × width × 3} bytes, red first
     */
    Optional<FacePoints> search(byte[] rgb, int width, int height);

    /**
     * The same face as in the picture before.
     *
     * @param rgb {@code height × width × 3} bytes, red first
     * @param previous its landmarks there
     * @return empty where the face is lost
     */
    Optional<FacePoints> follow(byte[] rgb, int width, int height, FacePoints previous);
}
