package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the bytes, nothing but a {@link CheckpointException} comes out. The build runs the inputs that are kept beside the
 * test resources; {@code JAZZER_FUZZ=1} searches for more, with one target of {@code -Dtest} at a time.
 */
class CheckpointFuzzTests {

    private static final int MOST_READ = 16;

    @TempDir
    Path folder;

    @FuzzTest(maxDuration = "3m")
    void safetensors(byte[] file) throws IOException {
        open(write(file));
    }

    @FuzzTest(maxDuration = "3m")
    void legacyPickle(byte[] file) throws IOException {
        open(write(file));
    }

    @FuzzTest(maxDuration = "3m")
    void zipArchive(byte[] file) throws IOException {
        open(write(file));
    }

    /** The pickle alone, because random changes to a whole archive seldom reach it. */
    @FuzzTest(maxDuration = "3m")
    void zipPickle(byte[] pickle) throws IOException {
        Path file = folder.resolve("fuzz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            CheckpointFormat.store(zip, "a/data.pkl", pickle);
            CheckpointFormat.store(zip, "a/data/0", new byte[48]);
        }
        open(file);
    }

    private Path write(byte[] content) throws IOException {
        Path file = folder.resolve("fuzz");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(content);
        }
        return file;
    }

    private static void open(Path file) {
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            checkpoint.tensors().entrySet().stream()
                    .limit(MOST_READ)
                    .forEach(tensor -> assertThat(checkpoint.read(tensor.getKey()))
                            .hasSize((int) tensor.getValue().elements()));
        } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
    }
}
