package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avatarservice.server.torch.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFingerprintsTests {

    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private Path file;
    private FileFingerprints fingerprints;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("model.pth"), "abc");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        fingerprints = new FileFingerprints(folder.resolve("cache"));
    }

    @Test
    void theHashIsSha256() {
        assertThat(fingerprints.sha256(file)).isEqualTo(SHA256_OF_ABC);
    }

    @Test
    void anUnchangedFileIsNotReadAgain() throws IOException {
        fingerprints.sha256(file);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));

        assertThat(new FileFingerprints(folder.resolve("cache")).sha256(file)).isEqualTo(SHA256_OF_ABC);
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        fingerprints.sha256(file);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));

        assertThat(fingerprints.sha256(file)).isNotEqualTo(SHA256_OF_ABC).hasSize(64);
    }

    @Test
    void aCacheThatCannotBeWrittenDoesNoHarm() {
        assertThat(new FileFingerprints(file).sha256(file)).isEqualTo(SHA256_OF_ABC);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.pth");

        assertThatThrownBy(() -> fingerprints.sha256(missing))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing.pth cannot be read");
    }
}
