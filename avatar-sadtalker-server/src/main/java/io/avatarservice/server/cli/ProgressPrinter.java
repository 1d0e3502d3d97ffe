package io.avatarservice.server.cli;

import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows the progress of one render: on a terminal a bar that is redrawn in place, elsewhere a line every few seconds.
 * Also passes on that the user wants to stop.
 */
final class ProgressPrinter implements RenderListener {

    private static final int BAR_WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long started;
    private long shown;
    private volatile boolean cancelled;

    ProgressPrinter(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.shown = started;
    }

    @Override
    public synchronized void stage(RenderStage stage) {
        started = nanoTime.getAsLong();
        shown = started;
        if (terminal) {
            show(stage.wireName());
        } else {
            out.println(stage.wireName());
            out.flush();
        }
    }

    @Override
    public synchronized void frames(int done, int total) {
        long now = nanoTime.getAsLong();
        boolean last = done == total;
        if (!last && now - shown < (terminal ? REDRAW : LINE).toNanos()) {
            return;
        }
        shown = now;
        double seconds = Math.max(1e-9, (now - started) / 1e9);
        double rate = done / seconds;
        String numbers = String.format(
                Locale.ROOT,
                "%3d %%  %d/%d frames  %.0f fps  %s",
                100L * done / total,
                done,
                total,
                rate,
                last ? "in " + clock(seconds) : "ETA " + clock((total - done) / rate));
        if (terminal) {
            int filled = (int) ((long) BAR_WIDTH * done / total);
            show("[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] " + numbers);
            if (last) {
                out.println();
            }
        } else {
            out.println(numbers.strip());
        }
        out.flush();
    }

    /** Makes the render stop at its next frame. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    /** Redraws the line: back to its start, text, clear the rest. */
    private void show(String line) {
        out.print("\r" + line + "\u001B[K");
        out.flush();
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
