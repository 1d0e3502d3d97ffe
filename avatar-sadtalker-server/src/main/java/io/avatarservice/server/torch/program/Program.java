package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.checkpoint.TensorLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A network without its weights. */
public final class Program {

    private final String name;
    private final ProgramDescription description;
    private final String identity;
    private final Function<String, byte[]> files;

    Program(String name, ProgramDescription description, String identity, Function<String, byte[]> files) {
        this.name = name;
        this.description = description;
        this.identity = identity;
        this.files = files;
    }

    public String name() {
        return name;
    }

    /** The logical checkpoint that its weights come from; {@code null} for a program without weights. */
    public @Nullable String checkpoint() {
        return description.checkpoint();
    }

    /** The names of its inputs, in order. */
    public List<String> inputs() {
        return description.inputs();
    }

    /** The names of its outputs, in order. */
    public List<String> outputs() {
        return description.outputs();
    }

    /** The tensors that must lie in its checkpoint. */
    public TensorLayout layout() {
        return description.layout();
    }

    /** The precision in which it computes where {@code wanted} is asked for: the same, or float32 where it has no other. */
    public Precision supported(Precision wanted) {
        return description.archives().containsKey(wanted.shortName()) ? wanted : Precision.FLOAT32;
    }

    /** Changes whenever the archive or the rules for its weights do. */
    String version(Precision precision) {
        return Sha256.of(archive(precision), identity.getBytes(StandardCharsets.UTF_8));
    }

    /** The archive without weights. */
    byte[] archive(Precision precision) {
        String file = description.archives().get(precision.shortName());
        if (file == null) {
            throw new IllegalArgumentException(
                    "the program %s has no archive in %s".formatted(name, precision.shortName()));
        }
        return files.apply(file);
    }

    Map<String, StorageEntry> entries() {
        return description.entries();
    }

    /** The shapes of its tensors by their names in the checkpoint. */
    Map<String, List<Long>> checkpointTensors() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        description.tensors().forEach((tensor, shape) -> shapes.put(description.prefixOrEmpty() + tensor, shape));
        return shapes;
    }

    @Override
    public String toString() {
        return name;
    }
}
