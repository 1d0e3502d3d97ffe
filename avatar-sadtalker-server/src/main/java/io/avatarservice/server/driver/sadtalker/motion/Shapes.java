package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Arrays;
import java.util.List;

/** Checks of what passes between the stages. */
final class Shapes {

    private Shapes() {}

    /** Refuses a tensor of another shape. */
    static void require(String name, FloatTensor tensor, long... shape) {
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "%s must have the shape %s, got %s".formatted(name, expected, tensor.shape()));
        }
    }

    /** Refuses what is not a matrix of at least one row and that many columns. */
    static void requireRows(String name, FloatTensor tensor, int columns) {
        if (tensor.shape().size() != 2 || tensor.size(0) < 1 || tensor.size(1) < columns) {
            throw new IllegalArgumentException("%s must have at least one row and %d columns, got the shape %s"
                    .formatted(name, columns, tensor.shape()));
        }
    }
}
