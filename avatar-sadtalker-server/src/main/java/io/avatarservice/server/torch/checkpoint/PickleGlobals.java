package io.avatarservice.server.torch.checkpoint;

import static java.util.Map.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The only global names that a pickle may mention, which are those of state dictionaries and of the scalars that training
 * scripts keep beside them. None of them runs Python code or makes a Java object of a named class.
 */
final class PickleGlobals {

    private static final Map<String, ElementType> STORAGES = Map.ofEntries(
            entry("DoubleStorage", ElementType.F64),
            entry("FloatStorage", ElementType.F32),
            entry("HalfStorage", ElementType.F16),
            entry("BFloat16Storage", ElementType.BF16),
            entry("LongStorage", ElementType.I64),
            entry("IntStorage", ElementType.I32),
            entry("ShortStorage", ElementType.I16),
            entry("CharStorage", ElementType.I8),
            entry("ByteStorage", ElementType.U8),
            entry("BoolStorage", ElementType.BOOL),
            entry("UntypedStorage", ElementType.U8));

    private static final Map<String, ElementType> DATA_TYPES = Map.ofEntries(
            entry("float64", ElementType.F64),
            entry("float32", ElementType.F32),
            entry("float16", ElementType.F16),
            entry("bfloat16", ElementType.BF16),
            entry("int64", ElementType.I64),
            entry("int32", ElementType.I32),
            entry("int16", ElementType.I16),
            entry("int8", ElementType.I8),
            entry("uint8", ElementType.U8),
            entry("bool", ElementType.BOOL));

    private static final Map<String, PickleGlobal> ALLOWED = allowed();

    /** Stands for whatever is not known: called or not, it gives nothing. */
    private static final PickleGlobal.Function SKIPPED = PickleGlobals::opaque;

    private PickleGlobals() {}

    /**
     * Finds what a global name stands for.
     *
     * @throws MalformedException naming the global, where no checkpoint needs it and it is to be refused
     */
    static PickleGlobal of(String module, String name, UnknownGlobals unknown) {
        PickleGlobal global = ALLOWED.get(module + "." + name);
        if (global == null && unknown == UnknownGlobals.SKIPPED) {
            return SKIPPED;
        }
        if (global == null) {
            throw new MalformedException(
                    "the pickle asks for the global %s, which no state dictionary needs; nothing was executed"
                            .formatted(TensorNames.shown(module + "." + name)));
        }
        return global;
    }

    private static Map<String, PickleGlobal> allowed() {
        Map<String, PickleGlobal> allowed = new LinkedHashMap<>();
        STORAGES.forEach((name, type) -> Stream.of("torch.", "torch.cuda.", "torch.storage.")
                .forEach(module -> allowed.put(module + name, new PickleGlobal.StorageClass(type))));
        DATA_TYPES.forEach((name, type) -> allowed.put("torch." + name, new PickleGlobal.DataType(type)));
        allowed.putAll(Map.<String, PickleGlobal.Function>ofEntries(
                entry("torch._utils._rebuild_tensor", TensorFunctions::tensor),
                entry("torch._utils._rebuild_tensor_v2", TensorFunctions::tensor),
                entry("torch._utils._rebuild_tensor_v3", TensorFunctions::typedTensor),
                entry("torch._utils._rebuild_parameter", TensorFunctions::parameter),
                entry("torch._utils._rebuild_parameter_with_state", TensorFunctions::parameter),
                entry("torch.Size", PickleGlobals::size),
                entry("torch.device", PickleGlobals::opaque),
                entry("collections.OrderedDict", PickleGlobals::orderedDictionary),
                entry("collections.defaultdict", PickleGlobals::defaultDictionary),
                entry("builtins.set", PickleGlobals::opaque),
                entry("__builtin__.set", PickleGlobals::opaque),
                entry("_codecs.encode", PickleGlobals::opaque),
                entry("numpy.dtype", PickleGlobals::opaque),
                entry("numpy.core.multiarray.scalar", PickleGlobals::opaque),
                entry("numpy._core.multiarray.scalar", PickleGlobals::opaque)));
        return Map.copyOf(allowed);
    }

    private static Object opaque(List<Object> arguments, PickleBudget budget) {
        return PickleConstant.OPAQUE;
    }

    /** A tuple of another class. */
    private static Object size(List<Object> arguments, PickleBudget budget) {
        return arguments.isEmpty() ? new PickleTuple(List.of()) : arguments.get(0);
    }

    /** Python 3 fills the dictionary afterwards; Python 2 gives a list of pairs. */
    private static Object orderedDictionary(List<Object> arguments, PickleBudget budget) {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            List<Object> pairs = PickleValues.list(arguments.get(0));
            budget.spend(pairs.size());
            for (Object pair : pairs) {
                List<Object> keyAndValue = PickleValues.list(pair);
                if (keyAndValue.size() != 2) {
                    throw new MalformedException("the pickle makes a dictionary of something that is no list of pairs");
                }
                PickleValues.put(dictionary, keyAndValue.get(0), keyAndValue.get(1));
            }
        }
        return dictionary;
    }

    private static Object defaultDictionary(List<Object> arguments, PickleBudget budget) {
        return new LinkedHashMap<>();
    }
}
