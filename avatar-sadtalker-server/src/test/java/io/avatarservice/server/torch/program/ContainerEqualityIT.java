package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever container the weights come in, the same program is installed, byte for byte. */
class ContainerEqualityIT {

    private static final ProgramLibrary TINY = ProgramLibrary.load("io/avatarservice/server/torch/programs-tiny/");

    @TempDir
    static Path files;

    @TempDir
    Path cache;

    @ParameterizedTest
    @MethodSource("programsWithWeights")
    void everyTinyProgramIsTheSameFromEveryContainer(Program program) throws IOException {
        for (CheckpointFormat format : CheckpointFormat.values()) {
            check(TINY, program, format, files);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fullSizeNetworksAreTheSameFromEveryContainer(CheckpointFormat format, @TempDir Path fullSize)
            throws IOException {
        ProgramLibrary library = ProgramLibrary.load();
        for (String name : new String[] {"mapping-70", "retinaface"}) {
            check(library, library.program(name), format, fullSize);
        }
    }

    static Stream<Program> programsWithWeights() {
        return TINY.names().stream().map(TINY::program).filter(program -> program.checkpoint() != null);
    }

    private void check(ProgramLibrary library, Program program, CheckpointFormat format, Path folder)
            throws IOException {
        String checkpoint = Objects.requireNonNull(program.checkpoint());
        Path file = RandomCheckpointFile.write(library, checkpoint, format, folder);
        ProgramInstaller installer = new ProgramInstaller(cache);

        Path fromFile = installer.install(
                program,
                Precision.FLOAT32,
                CheckpointSource.file(file, new FileFingerprints(cache)),
                InstallListener.none());

        Path inMemory = installer.install(
                program, Precision.FLOAT32, CheckpointSource.random(library, checkpoint), InstallListener.none());
        assertThat(fromFile)
                .as("%s from %s", program, format)
                .isNotEqualTo(inMemory)
                .hasSameBinaryContentAs(inMemory);
    }
}
