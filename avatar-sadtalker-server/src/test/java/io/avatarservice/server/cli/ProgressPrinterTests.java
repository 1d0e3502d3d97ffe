package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.RenderStage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressPrinterTests {

    private final StringWriter text = new StringWriter();
    private long now;

    @Test
    void writesALineEveryFiveSecondsWhereThereIsNoTerminal() {
        ProgressPrinter printer = printer(false);
        printer.stage(RenderStage.RENDERING);
        for (int frame = 1; frame <= 1200; frame++) {
            now += TimeUnit.MILLISECONDS.toNanos(10);
            printer.frames(frame, 1200);
        }

        assertThat(text.toString().lines())
                .containsExactly(
                        "rendering",
                        "41 %  500/1200 frames  100 fps  ETA 0:07",
                        "83 %  1000/1200 frames  100 fps  ETA 0:02",
                        "100 %  1200/1200 frames  100 fps  in 0:12");
    }

    @Test
    void redrawsABarOnATerminal() {
        ProgressPrinter printer = printer(true);
        printer.stage(RenderStage.RENDERING);
        now += TimeUnit.SECONDS.toNanos(1);
        printer.frames(25, 50);

        assertThat(text.toString())
                .endsWith("\r[###############---------------]  50 %  25/50 frames  25 fps  ETA 0:01\u001B[K");
    }

    @Test
    void passesOnThatTheUserWantsToStop() {
        ProgressPrinter printer = printer(true);
        assertThat(printer.cancelled()).isFalse();

        printer.cancel();

        assertThat(printer.cancelled()).isTrue();
    }

    private ProgressPrinter printer(boolean terminal) {
        return new ProgressPrinter(new PrintWriter(text), terminal, () -> now);
    }
}
