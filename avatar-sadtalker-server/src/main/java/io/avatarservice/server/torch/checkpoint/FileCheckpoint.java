package io.avatarservice.server.torch.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint in one open file, whatever its container. */
final class FileCheckpoint implements Checkpoint {

    /** An expanded tensor or a deflated one may be larger than its file, but not by any factor. */
    private static final long FREE_ELEMENTS = 1 << 24;

    private final String source;
    private final Map<String, StoredTensor> stored;
    private final Map<String, TensorInfo> tensors;
    private final long mostElements;
    private final Closeable file;

    /**
     * Takes over an open file.
     *
     * @param fileSize in bytes
     * @param file closed with the checkpoint
     */
    FileCheckpoint(Path path, Map<String, StoredTensor> stored, long fileSize, Closeable file) {
        this.source = path.toString();
        this.stored = stored;
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> infos.put(name, tensor.view().info()));
        this.tensors = Collections.unmodifiableMap(infos);
        this.mostElements = Math.max(FREE_ELEMENTS, fileSize);
        this.file = file;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public float[] read(String name) {
        StoredTensor tensor = stored.get(name);
        if (tensor == null) {
            throw new CheckpointException("%s has no tensor %s".formatted(source, name));
        }
        try {
            return tensor.view().read(tensor.storage(), mostElements);
        } catch (MalformedException e) {
            throw e.in("%s, tensor %s".formatted(source, name));
        } catch (IOException e) {
            throw new CheckpointException("%s, tensor %s cannot be read: %s".formatted(source, name, e), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be closed".formatted(source), e);
        }
    }
}
