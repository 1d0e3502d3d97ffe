package io.avatarservice.server.driver.preview.render;

/**
 * Where each pixel of an area comes from, drawn triangle by triangle: within each, the source place runs linearly between
 * the corners' (piecewise affine warp). Later triangles are drawn over earlier ones. Starts as the identity.
 */
final class WarpMap {

    private final Area area;
    private final int scale;
    private final int width;
    private final int height;
    private final float[] sourceX;
    private final float[] sourceY;

    /**
     * Maps an area.
     *
     * @param scale places per pixel and direction: 1, or more where the map will be averaged down to smooth its edges
     */
    WarpMap(Area area, int scale) {
        this.area = area;
        this.scale = scale;
        width = area.width() * scale;
        height = area.height() * scale;
        sourceX = new float[width * height];
        sourceY = new float[width * height];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                sourceX[row * width + column] = area.x() + (column + 0.5f) / scale - 0.5f;
                sourceY[row * width + column] = area.y() + (row + 0.5f) / scale - 0.5f;
            }
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Area area() {
        return area;
    }

    float[] sourceX() {
        return sourceX;
    }

    float[] sourceY() {
        return sourceY;
    }

    /**
     * Draws triangles.
     *
     * @param triangles three vertices each
     * @param x place of each vertex in the frame
     * @param y likewise
     * @param fromX place of each vertex in the source
     * @param fromY likewise
     */
    void draw(int[] triangles, float[] x, float[] y, float[] fromX, float[] fromY) {
        for (int t = 0; t < triangles.length; t += 3) {
            int a = triangles[t];
            int b = triangles[t + 1];
            int c = triangles[t + 2];
            draw(
                    column(x[a]),
                    row(y[a]),
                    column(x[b]),
                    row(y[b]),
                    column(x[c]),
                    row(y[c]),
                    fromX[a],
                    fromY[a],
                    fromX[b],
                    fromY[b],
                    fromX[c],
                    fromY[c]);
        }
    }

    private float column(float x) {
        return (x - area.x() + 0.5f) * scale - 0.5f;
    }

    private float row(float y) {
        return (y - area.y() + 0.5f) * scale - 0.5f;
    }

    private void draw(
            float ax,
            float ay,
            float bx,
            float by,
            float cx,
            float cy,
            float ua,
            float va,
            float ub,
            float vb,
            float uc,
            float vc) {
        float determinant = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
        if (Math.abs(determinant) < 1e-4f) {
            return;
        }
        float inverse = 1 / determinant;
        float ux = ((ub - ua) * (cy - ay) - (uc - ua) * (by - ay)) * inverse;
        float uy = ((uc - ua) * (bx - ax) - (ub - ua) * (cx - ax)) * inverse;
        float vx = ((vb - va) * (cy - ay) - (vc - va) * (by - ay)) * inverse;
        float vy = ((vc - va) * (bx - ax) - (vb - va) * (cx - ax)) * inverse;
        int top = Math.max(0, (int) Math.ceil(Math.min(ay, Math.min(by, cy))));
        int bottom = Math.min(height - 1, (int) Math.floor(Math.max(ay, Math.max(by, cy))));
        for (int row = top; row <= bottom; row++) {
            float left = Float.POSITIVE_INFINITY;
            float right = Float.NEGATIVE_INFINITY;
            if (ay <= row == by > row) {
                float at = ax + (row - ay) * (bx - ax) / (by - ay);
                left = Math.min(left, at);
                right = Math.max(right, at);
            }
            if (by <= row == cy > row) {
                float at = bx + (row - by) * (cx - bx) / (cy - by);
                left = Math.min(left, at);
                right = Math.max(right, at);
            }
            if (cy <= row == ay > row) {
                float at = cx + (row - cy) * (ax - cx) / (ay - cy);
                left = Math.min(left, at);
                right = Math.max(right, at);
            }
            int from = Math.max(0, (int) Math.ceil(left));
            int to = Math.min(width - 1, (int) Math.floor(right));
            float u = ua + ux * (from - ax) + uy * (row - ay);
            float v = va + vx * (from - ax) + vy * (row - ay);
            int at = row * width + from;
            for (int column = from; column <= to; column++, at++) {
                sourceX[at] = u;
                sourceY[at] = v;
                u += ux;
                v += vx;
            }
        }
    }
}
