package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** Checks of what passes between the stages. */
final class Shapes {

    private Shapes() {}

    /** Refuses a tensor of another shape. */
    static void require(String name, FloatTensor tensor, long... shape) {
        tensor.requireShape(name, shape);
    }

    /** Refuses what is not a matrix of at least one row and that many columns. */
    static void requireRows(String name, FloatTensor tensor, int columns) {
        if (tensor.shape().size() != 2 || tensor.size(0) < 1 || tensor.size(1) < columns) {
            throw new IllegalArgumentException("%s must have at least one row and %d columns, got the shape %s"
                    .formatted(name, columns, tensor.shape()));
        }
    }
}
