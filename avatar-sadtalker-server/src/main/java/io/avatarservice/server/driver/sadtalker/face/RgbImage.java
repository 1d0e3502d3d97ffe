package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.torch.FloatTensor;

/**
 * A picture in host memory.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb {@code height × width × 3} bytes, rows top to bottom without padding, red, green, blue per pixel; not
 *     copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are never compared
public record RgbImage(int width, int height, byte[] rgb) {

    /** Bytes per pixel. */
    static final int CHANNELS = 3;

    public RgbImage {
        if (rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)) {
            throw new IllegalArgumentException("expected " + width + "x" + height + "x3 bytes, got " + rgb.length);
        }
    }

    public Size size() {
        return new Size(width, height);
    }

    /**
     * A part of the picture.
     *
     * @throws IllegalArgumentException if the box is empty or leaves the picture
     */
    public RgbImage crop(Box box) {
        if (box.isEmpty() || !box.within(size()).equals(box)) {
            throw new IllegalArgumentException("%s does not lie in a picture of %s".formatted(box, size()));
        }
        int stride = box.width() * CHANNELS;
        byte[] part = new byte[box.height() * stride];
        for (int row = 0; row < box.height(); row++) {
            System.arraycopy(rgb, ((box.top() + row) * width + box.left()) * CHANNELS, part, row * stride, stride);
        }
        return new RgbImage(box.width(), box.height(), part);
    }

    /** The picture at another size, by OpenCV's bilinear rule; this one if the size is the same. */
    public RgbImage resize(Size size) {
        if (size.equals(size())) {
            return this;
        }
        byte[] resized = new byte[Math.multiplyExact(Math.multiplyExact(size.width(), size.height()), CHANNELS)];
        new BilinearResizer(size(), size, CHANNELS).resize(rgb, resized);
        return new RgbImage(size.width(), size.height(), resized);
    }

    /** The picture as {@code [1, 3, height, width]}. */
    public FloatTensor toTensor(ChannelOrder order, PixelScale scale) {
        float[] floats = scale.table();
        int pixels = width * height;
        float[] values = new float[CHANNELS * pixels];
        for (int channel = 0; channel < CHANNELS; channel++) {
            int from = order == ChannelOrder.RGB ? channel : CHANNELS - 1 - channel;
            int to = channel * pixels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                values[to + pixel] = floats[rgb[pixel * CHANNELS + from] & 0xFF];
            }
        }
        return FloatTensor.of(values, 1, CHANNELS, height, width);
    }
}
