package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.DownloadListener;
import io.avatarservice.server.torch.model.ModelFile;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows the progress of downloads and checks: on a terminal a bar that is redrawn in place, elsewhere a line every few
 * seconds.
 */
final class TransferPrinter implements DownloadListener {

    private static final int BAR_WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long started;
    private long shown;
    private long first;

    TransferPrinter(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.shown = started;
    }

    /** Starts the clock. {@code done} bytes are there already and do not count for the speed. */
    synchronized void begin(long done) {
        started = nanoTime.getAsLong();
        shown = started;
        first = done;
    }

    /** Says what comes now, and starts the clock. */
    synchronized void begin(String what) {
        say(what);
        begin(0);
    }

    @Override
    public synchronized void waiting(ModelFile file) {
        say("waiting for another process that downloads into the directory of " + file.name());
    }

    @Override
    public synchronized void started(ModelFile file, String address, long done, long total) {
        say(file.name() + " from " + address + (done > 0 ? ", continued at " + Sizes.words(done) : ""));
        begin(done);
    }

    @Override
    public synchronized void progress(long done, long total) {
        long now = nanoTime.getAsLong();
        boolean last = done == total;
        if (!last && now - shown < (terminal ? REDRAW : LINE).toNanos()) {
            return;
        }
        shown = now;
        double seconds = Math.max(1e-9, (now - started) / 1e9);
        double rate = (done - first) / seconds;
        String speed = Sizes.words(rate) + "/s";
        if (total <= 0) {
            show("%s  %s".formatted(Sizes.words(done), speed), false);
            return;
        }
        String numbers = String.format(
                Locale.ROOT,
                "%3d %%  %s of %s  %s  %s",
                percent(done, total),
                Sizes.words(done),
                Sizes.words(total),
                speed,
                last ? "in " + clock(seconds) : rate > 0 ? "ETA " + clock((total - done) / rate) : "");
        int filled = (int) (BAR_WIDTH * percent(done, total) / 100);
        show(terminal ? "[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] " + numbers : numbers, last);
    }

    @Override
    public synchronized void retrying(String reason, Duration delay) {
        say("%s; trying again in %d s".formatted(reason, Math.max(1, delay.toSeconds())));
    }

    @Override
    public synchronized void failed(String address, String reason) {
        say("%s: %s".formatted(address, reason));
    }

    /** Wipes the bar, so that something else can be printed. */
    synchronized void clear() {
        if (terminal) {
            out.print("\r\u001B[K");
            out.flush();
        }
    }

    private void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** Redraws the line: back to its start, text, clear the rest. */
    private void show(String line, boolean last) {
        if (terminal) {
            out.print("\r" + line + "\u001B[K");
            if (last) {
                out.println();
            }
        } else {
            out.println(line.strip());
        }
        out.flush();
    }

    private static long percent(long done, long total) {
        return Math.min(100, 100 * done / total);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
