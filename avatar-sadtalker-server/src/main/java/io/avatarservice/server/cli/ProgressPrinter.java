package io.avatarservice.server.cli;

import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of one render. Also passes on that the user wants to stop. */
final class ProgressPrinter implements RenderListener {

    private final ProgressLine line;
    private volatile boolean cancelled;

    ProgressPrinter(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        line = new ProgressLine(out, terminal, nanoTime);
    }

    @Override
    public synchronized void stage(RenderStage stage) {
        line.start();
        line.state(stage.wireName(), false);
    }

    @Override
    public synchronized void frames(int done, int total) {
        boolean last = done == total;
        if (!line.due(last)) {
            return;
        }
        double seconds = line.seconds();
        double rate = done / seconds;
        String numbers = String.format(
                Locale.ROOT,
                "%3d %%  %d/%d frames  %s fps  %s",
                100L * done / total,
                done,
                total,
                // a driver may take seconds for one frame
                String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%.0f", rate),
                last ? "in " + ProgressLine.clock(seconds) : "ETA " + ProgressLine.clock((total - done) / rate));
        line.bar((double) done / total, numbers, last);
    }

    /** Makes the render stop at its next frame. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
