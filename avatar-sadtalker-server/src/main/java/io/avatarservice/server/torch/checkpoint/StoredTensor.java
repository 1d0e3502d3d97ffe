package io.avatarservice.server.torch.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tensor and where its elements are.
 *
 * @param view the elements' places within the storage
 * @param storage at least as many bytes as the view needs
 */
record StoredTensor(TensorView view, ByteSource storage) {

    /**
     * Gives each tensor of a pickle its bytes.
     *
     * @param sources the bytes of every storage that the pickle refers to, by key
     */
    static Map<String, StoredTensor> join(Map<String, PickledTensor> tensors, Map<String, ByteSource> sources) {
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            ByteSource source = sources.get(tensor.storage().key());
            if (source == null) {
                throw new MalformedException(
                        "the file has no storage for tensor %s".formatted(TensorNames.shown(name)));
            }
            stored.put(name, new StoredTensor(tensor.view(), source));
        });
        return stored;
    }
}
