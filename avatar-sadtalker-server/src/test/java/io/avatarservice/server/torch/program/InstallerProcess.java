package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A program of its own that installs a tiny network into the model cache that it is given. It pauses for a line twice. */
final class InstallerProcess {

    static final ProgramLibrary LIBRARY = ProgramLibrary.load("io/avatarservice/server/torch/programs-tiny/");
    static final Program PROGRAM = LIBRARY.program("mapping-70");

    /** What it prints before it waits to start. */
    static final String READY = "ready";

    /** What it prints before it waits with a part of the file written. */
    static final String WRITING = "writing";

    private boolean wrote;

    public static void main(String[] arguments) {
        new InstallerProcess().run(Path.of(arguments[0]));
    }

    static CheckpointSource weights() {
        return CheckpointSource.random(LIBRARY, PROGRAM.name());
    }

    private void run(Path cache) {
        pause(READY);
        Path installed = new ProgramInstaller(cache)
                .install(PROGRAM, Precision.FLOAT32, weights(), (name, done, total) -> {
                    if (done > 0 && !wrote) {
                        wrote = true;
                        pause(WRITING);
                    }
                });
        System.out.printf("%s %s%n", wrote ? "wrote" : "found", installed);
    }

    private static void pause(String reached) {
        System.out.println(reached);
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody said to go on");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
