package io.avatarservice.server.cli;

import io.avatarservice.server.torch.program.InstallListener;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows how far the installation of each network is. */
final class InstallPrinter implements InstallListener {

    private final TransferPrinter printer;
    private @Nullable String current;

    InstallPrinter(PrintWriter out) {
        printer = new TransferPrinter(out, System.console() != null, System::nanoTime);
    }

    @Override
    public void progress(String program, long doneBytes, long totalBytes) {
        if (!Objects.equals(current, program)) {
            current = program;
            printer.begin("installing the network " + program);
        }
        printer.progress(doneBytes, totalBytes);
    }
}
