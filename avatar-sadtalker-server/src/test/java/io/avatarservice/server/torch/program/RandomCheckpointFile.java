package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.checkpoint.testsupport.TestTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes random checkpoints to files, with the dictionaries and the names of the official ones. */
final class RandomCheckpointFile {

    private RandomCheckpointFile() {}

    /**
     * Writes a checkpoint where the folder does not have it yet. Only one tensor at a time is in memory.
     *
     * @param checkpoint its name in the manifest, e.g. {@code sadtalker}
     */
    static Path write(ProgramLibrary library, String checkpoint, CheckpointFormat format, Path folder) {
        Path file = folder.resolve("%s.%s".formatted(checkpoint, format));
        if (Files.exists(file)) {
            return file;
        }
        try (Checkpoint weights = library.randomCheckpoint(checkpoint)) {
            List<TestTensor> tensors = weights.tensors().entrySet().stream()
                    .map(tensor -> new TestTensor(
                            path(checkpoint, tensor.getKey()), tensor.getValue(), () -> weights.read(tensor.getKey())))
                    .toList();
            format.write(file, tensors);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container that the official file of a checkpoint has. */
    static CheckpointFormat officialFormat(String checkpoint) {
        return switch (checkpoint) {
            case "sadtalker" -> CheckpointFormat.SAFETENSORS;
            case "mapping-70",
                    "mapping-73",
                    "liveportrait-appearance",
                    "liveportrait-motion",
                    "liveportrait-warping",
                    "liveportrait-generator",
                    "liveportrait-retargeting" -> CheckpointFormat.ZIP_PICKLE;
            case "retinaface", "fan" -> CheckpointFormat.LEGACY_PICKLE;
            default -> throw new IllegalArgumentException("there is no official checkpoint " + checkpoint);
        };
    }

    /** The dictionary keys that lead to a tensor in the official file. */
    private static List<String> path(String checkpoint, String name) {
        return switch (checkpoint) {
            case "retinaface" -> List.of("module." + name);
            case "mapping-70", "mapping-73", "fan" -> List.of(name.split("\\.", 2));
            case "liveportrait-retargeting" -> {
                int dot = name.indexOf('.');
                yield List.of(name.substring(0, dot), "module" + name.substring(dot));
            }
            default -> List.of(name);
        };
    }
}
