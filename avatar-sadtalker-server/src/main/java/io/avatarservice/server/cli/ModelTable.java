package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.ModelState;
import io.avatarservice.server.torch.model.ModelStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints the states of checkpoint files, one a line. */
final class ModelTable {

    private static final String LINE = "%-33s %9s  %-10s  %s%n";

    private final PrintWriter out;

    ModelTable(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.printf(LINE, "FILE", "SIZE", "STATE", "WHERE");
    }

    void row(ModelStatus status) {
        Path path = status.path();
        out.printf(
                LINE,
                status.file().name(),
                size(status),
                status.state().name().toLowerCase(Locale.ROOT),
                path == null ? "for " + status.file().purpose() : path);
        if (status.state() == ModelState.DAMAGED || status.state() == ModelState.UNOFFICIAL) {
            out.printf("  %s%n", status.detail());
        }
        out.flush();
    }

    private static String size(ModelStatus status) {
        Path path = status.path();
        Long published = status.file().bytes();
        try {
            if (path != null) {
                return Sizes.words(Files.size(path));
            }
            return published == null ? "-" : Sizes.words(published);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
