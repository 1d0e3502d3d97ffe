package io.avatarservice.server.torch.checkpoint;

/**
 * A tensor as a pickle describes it; its elements are elsewhere in the file.
 *
 * @param view counted from the start of the whole storage
 */
record PickledTensor(StorageReference storage, TensorView view) {

    /** Checks that a view lies within the part of a storage that it is given. */
    static PickledTensor of(StorageReference part, TensorView view) {
        int elementBytes = view.info().type().bytes();
        long available = part.length() * part.type().bytes() / elementBytes;
        if (view.neededElements() > available) {
            throw new MalformedException("a tensor of shape %s needs %d elements of storage %s, which has %d"
                    .formatted(view.info().shape(), view.neededElements(), TensorNames.shown(part.key()), available));
        }
        long startByte = part.start() * part.type().bytes();
        if (startByte % elementBytes != 0) {
            throw new MalformedException(
                    "a tensor starts within an element of storage %s".formatted(TensorNames.shown(part.key())));
        }
        long start = startByte / elementBytes;
        return new PickledTensor(part, new TensorView(view.info(), start + view.offset(), view.strides()));
    }
}
