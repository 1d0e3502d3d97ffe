package io.avatarservice.server.torch.checkpoint;

import java.util.List;

/** What a global name in a pickle stands for here. */
sealed interface PickleGlobal {

    /** The class of a storage, which says what its elements are. */
    record StorageClass(ElementType type) implements PickleGlobal {}

    /** An element type, such as {@code torch.float32}. */
    record DataType(ElementType type) implements PickleGlobal {}

    /** A function or class that the pickle calls; ours stands in for it. */
    @FunctionalInterface
    non-sealed interface Function extends PickleGlobal {

        /** Makes the value that the call gives. */
        Object call(List<Object> arguments, PickleBudget budget);
    }
}
