package io.avatarservice.server.driver.face;

/**
 * A face box with the two eye centers, in picture pixels.
 *
 * @param score confidence, 0..1
 * @param rightEyeX eye on the picture's left, the person's right
 */
record DetectedFace(
        float score,
        float x,
        float y,
        float width,
        float height,
        float rightEyeX,
        float rightEyeY,
        float leftEyeX,
        float leftEyeY) {

    float area() {
        return width * height;
    }

    /** Intersection over union of the two boxes. */
    float overlap(DetectedFace other) {
        float w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        float h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float common = w * h;
        return common / (area() + other.area() - common);
    }
}
