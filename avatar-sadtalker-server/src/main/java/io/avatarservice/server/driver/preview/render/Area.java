package io.avatarservice.server.driver.preview.render;

/** A rectangle of pixels. */
record Area(int x, int y, int width, int height) {

    /** The smallest area with integer edges that holds the given box and lies within a picture. */
    static Area around(float minX, float minY, float maxX, float maxY, int pictureWidth, int pictureHeight) {
        int x0 = Math.max(0, (int) Math.floor(minX));
        int y0 = Math.max(0, (int) Math.floor(minY));
        int x1 = Math.min(pictureWidth, (int) Math.ceil(maxX) + 1);
        int y1 = Math.min(pictureHeight, (int) Math.ceil(maxY) + 1);
        return new Area(x0, y0, Math.max(1, x1 - x0), Math.max(1, y1 - y0));
    }
}
