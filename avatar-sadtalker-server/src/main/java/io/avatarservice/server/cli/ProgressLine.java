package io.avatarservice.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Draws progress: on a terminal a bar that is redrawn in place, elsewhere a line every few seconds. For one thread. */
final class ProgressLine {

    private static final int BAR_WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long started;
    private long shown;

    ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        start();
    }

    /** Starts the clock. */
    void start() {
        started = nanoTime.getAsLong();
        shown = started;
    }

    /** The seconds since the start; never 0. */
    double seconds() {
        return Math.max(1e-9, (nanoTime.getAsLong() - started) / 1e9);
    }

    /** Whether it is time to draw again; the last state is always drawn. */
    boolean due(boolean last) {
        long now = nanoTime.getAsLong();
        if (!last && now - shown < (terminal ? REDRAW : LINE).toNanos()) {
            return false;
        }
        shown = now;
        return true;
    }

    /**
     * Draws a state.
     *
     * @param share done so far, 0 to 1
     */
    void bar(double share, String numbers, boolean last) {
        int filled = (int) (BAR_WIDTH * Math.min(share, 1));
        state(terminal ? "[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] " + numbers : numbers, last);
    }

    /** Draws a state that has no share. */
    void state(String line, boolean last) {
        if (terminal) {
            // back to the start of the line, text, clear the rest
            out.print("\r" + line + "\u001B[K");
            if (last) {
                out.println();
            }
        } else {
            out.println(line.strip());
        }
        out.flush();
    }

    /** Prints a line of its own in place of the bar. */
    void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** Wipes the bar, so that something else can be printed. */
    void clear() {
        if (terminal) {
            out.print("\r\u001B[K");
            out.flush();
        }
    }

    /** Minutes and seconds, with hours where there are any. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
