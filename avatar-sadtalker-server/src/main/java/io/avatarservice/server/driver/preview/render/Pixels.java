package io.avatarservice.server.driver.preview.render;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Reads single places of a picture of 8-bit blue, green, red. */
final class Pixels {

    private final ByteBuffer bytes;
    private final int width;
    private final int height;

    Pixels(Mat picture) {
        bytes = picture.createBuffer();
        width = picture.cols();
        height = picture.rows();
    }

    /** Reads the color at a place between pixels; places outside take the nearest pixel's. */
    void sample(float x, float y, float[] color) {
        float px = Math.max(0, Math.min(width - 1.001f, x));
        float py = Math.max(0, Math.min(height - 1.001f, y));
        int column = (int) px;
        int row = (int) py;
        float fx = px - column;
        float fy = py - row;
        for (int channel = 0; channel < 3; channel++) {
            int at = 3 * (row * width + column) + channel;
            int below = at + 3 * width;
            float upper = (bytes.get(at) & 0xff) * (1 - fx) + (bytes.get(at + 3) & 0xff) * fx;
            float lower = (bytes.get(below) & 0xff) * (1 - fx) + (bytes.get(below + 3) & 0xff) * fx;
            color[channel] = upper * (1 - fy) + lower * fy;
        }
    }

    /** Brightness of a color as people see it (ITU-R BT.601), 0..255. */
    static float luma(float[] color) {
        return 0.114f * color[0] + 0.587f * color[1] + 0.299f * color[2];
    }
}
