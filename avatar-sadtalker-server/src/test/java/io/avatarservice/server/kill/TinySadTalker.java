package io.avatarservice.server.kill;

import io.avatarservice.server.driver.sadtalker.testsupport.TinyCheckpoints;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What makes servers render by SadTalker with networks of few channels and made-up weights. */
final class TinySadTalker {

    private static final String PROGRAMS = "/io/avatarservice/server/torch/programs-tiny/weights.json";

    private final Path directory;

    /** Writes programs and checkpoints below {@code directory}. */
    TinySadTalker(Path directory) throws IOException {
        this.directory = directory;
        copyPrograms();
        new TinyCheckpoints(directory.resolve("checkout"), CheckpointFormat.ZIP_PICKLE).write();
    }

    /** Goes before the server on the class path: the programs in it are found first. */
    Path classPath() {
        return directory.resolve("programs");
    }

    List<String> properties() {
        return List.of(
                "--avatar.models.sadtalker-root=" + directory.resolve("checkout"),
                "--avatar.models.cache=" + directory.resolve("cache"),
                "--avatar.models.verify=off",
                "--avatar.torch.device=cpu",
                "--avatar.torch.precision=f32",
                "--avatar.torch.threads=1");
    }

    private void copyPrograms() throws IOException {
        Path target = Files.createDirectories(classPath().resolve(ProgramLibrary.FOLDER));
        URL manifest = Objects.requireNonNull(TinySadTalker.class.getResource(PROGRAMS));
        try (Stream<Path> programs = Files.list(Path.of(manifest.toURI()).resolveSibling("."))) {
            for (Path program : (Iterable<Path>) programs::iterator) {
                Files.copy(program, target.resolve(program.getFileName()));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
