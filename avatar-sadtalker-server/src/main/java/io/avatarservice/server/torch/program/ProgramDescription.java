package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.checkpoint.TensorLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code weights.json} says of one program.
 *
 * @param checkpoint the logical checkpoint that its weights come from; {@code null} for a program without weights
 * @param prefix what the names of its tensors begin with in the checkpoint
 * @param alias what the names begin with instead in re-packed files
 * @param strip a further leading part of the names that a file may or may not have
 * @param tensors the shape of every tensor that must lie below the prefix, by its name there
 * @param ignored globs of tensor names that may lie below the prefix or not
 * @param archives the file name of the archive without weights, by the short name of its precision
 * @param inputs the names of its inputs, in order
 * @param outputs the names of its outputs, in order
 * @param entries the storages that the archive lacks, by the name of their zip entry below the archive's root
 */
record ProgramDescription(
        @Nullable String checkpoint,
        @Nullable String prefix,
        @Nullable String alias,
        @Nullable String strip,
        Map<String, List<Long>> tensors,
        List<String> ignored,
        Map<String, String> archives,
        List<String> inputs,
        List<String> outputs,
        Map<String, StorageEntry> entries) {

    ProgramDescription {
        tensors = new LinkedHashMap<>(tensors);
        ignored = List.copyOf(ignored);
        archives = Map.copyOf(archives);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        entries = new LinkedHashMap<>(entries);
        if (checkpoint == null && !entries.isEmpty()) {
            throw new IllegalArgumentException("a program without a checkpoint cannot have weights");
        }
    }

    TensorLayout layout() {
        return new TensorLayout(prefixOrEmpty(), alias, strip, tensors, ignored);
    }

    String prefixOrEmpty() {
        return prefix == null ? "" : prefix;
    }
}
