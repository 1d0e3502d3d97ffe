package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;

/**
 * RetinaFace's anchors for one picture: two squares at each cell of three grids. They are computed when asked for, as a
 * 12-megapixel picture has half a million of which a handful are used. The grids are those of facexlib's
 * {@code retinaface_resnet50}.
 */
final class Anchors {

    private static final int[] STRIDES = {8, 16, 32};
    private static final int[][] SIDES = {{16, 32}, {64, 128}, {256, 512}};

    private final Size picture;

    Anchors(Size picture) {
        this.picture = picture;
    }

    int count() {
        int count = 0;
        for (int level = 0; level < STRIDES.length; level++) {
            count += anchors(level);
        }
        return count;
    }

    /**
     * One anchor.
     *
     * @param index in the order of the network's outputs: level, row, column, side
     */
    Anchor anchor(int index) {
        int level = 0;
        int rest = index;
        while (rest >= anchors(level)) {
            rest -= anchors(level);
            level++;
        }
        int side = SIDES[level][rest % 2];
        int cell = rest / 2;
        int stride = STRIDES[level];
        int columns = columns(level);
        // double, then rounded once: as the reference fills its table
        return new Anchor(
                (float) ((cell % columns + 0.5) * stride / picture.width()),
                (float) ((cell / columns + 0.5) * stride / picture.height()),
                (float) ((double) side / picture.width()),
                (float) ((double) side / picture.height()));
    }

    private int anchors(int level) {
        return 2 * columns(level) * ceilDiv(picture.height(), STRIDES[level]);
    }

    private int columns(int level) {
        return ceilDiv(picture.width(), STRIDES[level]);
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }

    /**
     * A square of which the network's regressions are offsets, in parts of the picture's width and height.
     *
     * @param x center
     * @param y center
     * @param width of the picture's width
     * @param height of the picture's height
     */
    record Anchor(float x, float y, float width, float height) {}
}
