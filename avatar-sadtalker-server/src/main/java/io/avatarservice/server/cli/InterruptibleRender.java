package io.avatarservice.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a render end cleanly when the user presses Ctrl-C: it is cancelled, and the exit waits until it has tidied up. */
final class InterruptibleRender {

    private static final long PATIENCE_SECONDS = 10;

    private InterruptibleRender() {}

    static <T> T run(ProgressPrinter progress, Supplier<T> render) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            progress.cancel();
            try {
                ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return render.get();
        } finally {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the exit is already on its way
            }
        }
    }
}
