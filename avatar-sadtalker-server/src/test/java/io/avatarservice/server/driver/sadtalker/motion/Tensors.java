package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** Tensors to test with. */
final class Tensors {

    private Tensors() {}

    /** A matrix whose values tell where they stand: {@code 1000 * row + column}. */
    static FloatTensor numbered(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1000f * (i / columns) + i % columns;
        }
        return FloatTensor.of(values, rows, columns);
    }
}
