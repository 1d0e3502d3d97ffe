package io.avatarservice.server.torch.checkpoint;

import java.util.List;
import java.util.Map;

/** Checked views of what a pickle holds. */
final class PickleValues {

    private PickleValues() {}

    /** The items of a list or tuple. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        if (value instanceof PickleTuple tuple) {
            return tuple.items();
        }
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw unexpected("a list", value);
    }

    @SuppressWarnings("unchecked")
    static Map<Object, Object> dictionary(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<Object, Object>) map;
        }
        throw unexpected("a dictionary", value);
    }

    static String text(Object value) {
        return as(String.class, "text", value);
    }

    static long number(Object value) {
        return as(Long.class, "an integer", value);
    }

    /** The value, of a kind that is called by its name in the message. */
    static <T> T as(Class<T> type, String kind, Object value) {
        if (!type.isInstance(value)) {
            throw unexpected(kind, value);
        }
        return type.cast(value);
    }

    /** Adds an entry. One whose key is no text or number is left out: it cannot be part of a tensor's name. */
    static void put(Map<Object, Object> dictionary, Object key, Object value) {
        if (key instanceof String || key instanceof Long || key instanceof Double || key instanceof Boolean) {
            dictionary.put(key, value);
        }
    }

    private static MalformedException unexpected(String kind, Object value) {
        return new MalformedException("the pickle has a %s where %s belongs"
                .formatted(value.getClass().getSimpleName(), kind));
    }
}
