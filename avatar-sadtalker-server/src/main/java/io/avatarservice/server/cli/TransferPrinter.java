package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.DownloadListener;
import io.avatarservice.server.torch.model.ModelFile;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of downloads and checks. */
final class TransferPrinter implements DownloadListener {

    private final ProgressLine line;
    private long first;

    TransferPrinter(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        line = new ProgressLine(out, terminal, nanoTime);
    }

    /** Starts the clock. {@code done} bytes are there already and do not count for the speed. */
    synchronized void begin(long done) {
        line.start();
        first = done;
    }

    /** Says what comes now, and starts the clock. */
    synchronized void begin(String what) {
        line.say(what);
        begin(0);
    }

    @Override
    public synchronized void waiting(ModelFile file) {
        line.say("waiting for another process that downloads into the directory of " + file.name());
    }

    @Override
    public synchronized void started(ModelFile file, String address, long done, long total) {
        line.say(file.name() + " from " + address + (done > 0 ? ", continued at " + Sizes.words(done) : ""));
        begin(done);
    }

    @Override
    public synchronized void progress(long done, long total) {
        boolean last = done == total;
        if (!line.due(last)) {
            return;
        }
        double seconds = line.seconds();
        double rate = (done - first) / seconds;
        String speed = Sizes.words(rate) + "/s";
        if (total <= 0) {
            line.state("%s  %s".formatted(Sizes.words(done), speed), false);
            return;
        }
        String numbers = String.format(
                Locale.ROOT,
                "%3d %%  %s of %s  %s  %s",
                Math.min(100, 100 * done / total),
                Sizes.words(done),
                Sizes.words(total),
                speed,
                last
                        ? "in " + ProgressLine.clock(seconds)
                        : rate > 0 ? "ETA " + ProgressLine.clock((total - done) / rate) : "");
        line.bar((double) done / total, numbers, last);
    }

    @Override
    public synchronized void retrying(String reason, Duration delay) {
        line.say("%s; trying again in %d s".formatted(reason, Math.max(1, delay.toSeconds())));
    }

    @Override
    public synchronized void failed(String address, String reason) {
        line.say("%s: %s".formatted(address, reason));
    }

    /** Wipes the bar, so that something else can be printed. */
    synchronized void clear() {
        line.clear();
    }
}
