package io.avatarservice.server.torch.checkpoint;

/**
 * A storage as a pickle refers to it.
 *
 * @param key which of the file's storages
 * @param type the element type that sizes are counted in
 * @param elements the size of the whole storage
 * @param start the first element of the part that is meant
 * @param length the number of elements of that part
 */
record StorageReference(String key, ElementType type, long elements, long start, long length) {

    StorageReference {
        if (elements < 0 || start < 0 || length < 0 || length > elements || start > elements - length) {
            throw new MalformedException("a part of storage %s lies outside of it".formatted(TensorNames.shown(key)));
        }
        if (elements > Long.MAX_VALUE / Long.BYTES) {
            throw new MalformedException("storage %s is too large".formatted(TensorNames.shown(key)));
        }
    }

    /** The size of the whole storage. */
    long bytes() {
        return elements * type.bytes();
    }
}
