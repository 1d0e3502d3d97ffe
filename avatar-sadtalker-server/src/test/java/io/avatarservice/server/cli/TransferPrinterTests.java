package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransferPrinterTests {

    private final StringWriter text = new StringWriter();
    private long now;

    @Test
    void writesALineEveryFiveSecondsWhereThereIsNoTerminal() {
        TransferPrinter printer = printer(false);
        printer.begin("fan.pth");
        for (int second = 1; second <= 8; second++) {
            now += TimeUnit.SECONDS.toNanos(1);
            printer.progress(second * 10_000_000L, 80_000_000L);
        }

        assertThat(text.toString().lines())
                .containsExactly(
                        "fan.pth",
                        "62 %  50.0 MB of 80.0 MB  10.0 MB/s  ETA 0:03",
                        "100 %  80.0 MB of 80.0 MB  10.0 MB/s  in 0:08");
    }

    @Test
    void redrawsABarOnATerminal() {
        TransferPrinter printer = printer(true);
        printer.begin(0);
        now += TimeUnit.SECONDS.toNanos(1);
        printer.progress(1_000_000_000L, 2_000_000_000L);

        assertThat(text.toString())
                .endsWith("\r[###############---------------]  50 %  1.00 GB of 2.00 GB  1.00 GB/s  ETA 0:01\u001B[K");
    }

    @Test
    void bytesOfAnEarlierAttemptDoNotCountForTheSpeed() {
        TransferPrinter printer = printer(true);
        printer.begin(50_000_000L);
        now += TimeUnit.SECONDS.toNanos(1);
        printer.progress(60_000_000L, 100_000_000L);

        assertThat(text.toString()).contains("60.0 MB of 100.0 MB  10.0 MB/s  ETA 0:04");
    }

    @Test
    void showsWhatHasArrivedWhereTheSizeIsNotKnown() {
        TransferPrinter printer = printer(true);
        printer.begin(0);
        now += TimeUnit.SECONDS.toNanos(1);
        printer.progress(2_500_000L, 0);

        assertThat(text.toString()).contains("2.5 MB  2.5 MB/s");
    }

    private TransferPrinter printer(boolean terminal) {
        return new TransferPrinter(new PrintWriter(text), terminal, () -> now);
    }
}
