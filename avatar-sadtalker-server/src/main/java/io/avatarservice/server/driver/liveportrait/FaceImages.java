package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.torch.FloatTensor;

/** Brings pictures of faces into the form that the networks read. */
final class FaceImages {

    /** Side of what the networks read, pixels. */
    static final int SIDE = 256;

    private static final int CHANNELS = 3;
    private static final float WHITE = 255;

    private FaceImages() {}

    /**
     * A picture as a tensor.
     *
     * @param rgb {@code 256 × 256 × 3} bytes, red first
     * @return {@code [1, 3, 256, 256]}, 0 to 1
     */
    static FloatTensor tensor(byte[] rgb) {
        float[] values = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            values[i % CHANNELS * SIDE * SIDE + i / CHANNELS] = (rgb[i] & 0xFF) / WHITE;
        }
        return FloatTensor.of(values, 1, CHANNELS, SIDE, SIDE);
    }

    /** A picture of half the width and height: the rounded mean of each four pixels. */
    static byte[] halved(byte[] rgb, int width, int height) {
        byte[] half = new byte[rgb.length / 4];
        int row = width * CHANNELS;
        int at = 0;
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int from = y * row + x * CHANNELS + channel;
                    int sum = (rgb[from] & 0xFF)
                            + (rgb[from + CHANNELS] & 0xFF)
                            + (rgb[from + row] & 0xFF)
                            + (rgb[from + row + CHANNELS] & 0xFF);
                    half[at++] = (byte) ((sum + 2) >> 2);
                }
            }
        }
        return half;
    }
}
