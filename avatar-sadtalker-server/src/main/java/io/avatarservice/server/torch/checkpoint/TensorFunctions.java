package io.avatarservice.server.torch.checkpoint;

import java.util.List;

/** Stand-ins for the functions of {@code torch._utils} by which pickles rebuild tensors. */
final class TensorFunctions {

    private static final int DATA_TYPE = 6;

    private TensorFunctions() {}

    /** {@code _rebuild_tensor(storage, offset, size, stride)}; version 2 adds what only training needs. */
    static Object tensor(List<Object> arguments, PickleBudget budget) {
        StorageReference storage = storage(arguments);
        return tensor(arguments, storage, storage.type(), budget);
    }

    /** {@code _rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype)}: the storage has no type. */
    static Object typedTensor(List<Object> arguments, PickleBudget budget) {
        StorageReference storage = storage(arguments);
        PickleGlobal.DataType type =
                PickleValues.as(PickleGlobal.DataType.class, "an element type", argument(arguments, DATA_TYPE));
        return tensor(arguments, storage, type.type(), budget);
    }

    /** {@code _rebuild_parameter(data, requires_grad, hooks)}. */
    static Object parameter(List<Object> arguments, PickleBudget budget) {
        return PickleValues.as(PickledTensor.class, "a tensor", argument(arguments, 0));
    }

    private static PickledTensor tensor(
            List<Object> arguments, StorageReference storage, ElementType type, PickleBudget budget) {
        long offset = PickleValues.number(argument(arguments, 1));
        List<Long> shape = sizes(argument(arguments, 2), budget);
        List<Long> strides = sizes(argument(arguments, 3), budget);
        return PickledTensor.of(storage, new TensorView(new TensorInfo(type, shape), offset, strides));
    }

    private static StorageReference storage(List<Object> arguments) {
        return PickleValues.as(StorageReference.class, "a storage", argument(arguments, 0));
    }

    private static List<Long> sizes(Object value, PickleBudget budget) {
        List<Object> sizes = PickleValues.list(value);
        if (sizes.size() > TensorView.MOST_DIMENSIONS) {
            throw new MalformedException("a tensor has %d dimensions".formatted(sizes.size()));
        }
        budget.spend(sizes.size());
        return sizes.stream().map(PickleValues::number).toList();
    }

    private static Object argument(List<Object> arguments, int index) {
        if (index >= arguments.size()) {
            throw new MalformedException("the pickle rebuilds a tensor from too few arguments");
        }
        return arguments.get(index);
    }
}
