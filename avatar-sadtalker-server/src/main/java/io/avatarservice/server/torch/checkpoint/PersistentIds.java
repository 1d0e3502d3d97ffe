package io.avatarservice.server.torch.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The storages that a pickle refers to: {@code ('storage', class, key, location, elements)}, in the older form with a sixth item
 * that is None or {@code (key of the part, start, length)}.
 */
final class PersistentIds {

    private static final int CLASS = 1;
    private static final int KEY = 2;
    private static final int ELEMENTS = 4;
    private static final int PART = 5;

    private final Map<String, StorageReference> storages = new HashMap<>();

    /** Resolves one persistent id. The location, such as {@code cuda:0}, does not matter here. */
    StorageReference resolve(Object id) {
        List<Object> items = PickleValues.list(id);
        if (items.size() < PART || items.size() > PART + 1 || !"storage".equals(items.get(0))) {
            throw new MalformedException("the pickle refers to something that is no storage");
        }
        String key = PickleValues.text(items.get(KEY));
        ElementType type = PickleValues.as(PickleGlobal.StorageClass.class, "a class of storages", items.get(CLASS))
                .type();
        long elements = PickleValues.number(items.get(ELEMENTS));
        StorageReference whole = new StorageReference(key, type, elements, 0, elements);
        StorageReference known = storages.putIfAbsent(key, whole);
        if (known != null && !known.equals(whole)) {
            throw new MalformedException(
                    "the pickle describes storage %s in two ways".formatted(TensorNames.shown(key)));
        }
        if (items.size() == PART || items.get(PART) == PickleConstant.NONE) {
            return known == null ? whole : known;
        }
        List<Object> part = PickleValues.list(items.get(PART));
        if (part.size() != 3) {
            throw new MalformedException(
                    "the pickle refers to a part of storage %s wrongly".formatted(TensorNames.shown(key)));
        }
        return new StorageReference(
                key, type, elements, PickleValues.number(part.get(1)), PickleValues.number(part.get(2)));
    }

    /** All storages so far, by key. */
    Map<String, StorageReference> storages() {
        return storages;
    }
}
