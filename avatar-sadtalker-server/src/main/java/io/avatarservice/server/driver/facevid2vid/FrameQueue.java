package io.avatarservice.server.driver.facevid2vid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread make frames while another uses them, a few at most ahead. What fails on the making side is thrown on the
 * using side; closing stops the maker.
 */
public final class FrameQueue implements AutoCloseable {

    /** An empty element ends the stream. */
    private final BlockingQueue<Optional<byte[]>> frames;

    private final FutureTask<@Nullable Void> making;
    private final Thread maker;
    private boolean ended;

    /**
     * Starts to make frames.
     *
     * @param ahead how many may wait
     * @param source makes all frames and hands over each; runs on a thread of its own
     */
    public FrameQueue(int ahead, Consumer<Consumer<byte[]>> source) {
        frames = new ArrayBlockingQueue<>(ahead);
        making = new FutureTask<>(() -> make(source), null);
        maker = new Thread(making, Thread.currentThread().getName() + "-frames");
        maker.setDaemon(true);
        maker.start();
    }

    private void make(Consumer<Consumer<byte[]>> source) {
        try {
            source.accept(frame -> put(Optional.of(frame)));
        } finally {
            // Not after close: nobody takes it any more.
            if (!Thread.currentThread().isInterrupted()) {
                put(Optional.empty());
            }
        }
    }

    private void put(Optional<byte[]> element) {
        try {
            frames.put(element);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody takes the frames any more");
        }
    }

    /**
     * The next frames: at least one, up to {@code most}, without waiting for more than the first. Empty at the end.
     *
     * @throws RuntimeException what the maker failed with
     */
    public List<byte[]> take(int most) throws InterruptedException {
        List<byte[]> taken = new ArrayList<>();
        while (!ended && taken.size() < most && (taken.isEmpty() || !frames.isEmpty())) {
            Optional<byte[]> frame = frames.take();
            frame.ifPresent(taken::add);
            ended = frame.isEmpty();
        }
        if (taken.isEmpty()) {
            rethrowFailure();
        }
        return taken;
    }

    private void rethrowFailure() throws InterruptedException {
        try {
            making.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the frames could not be made", e.getCause());
        }
    }

    /** Stops the maker and waits until it has ended: it uses the device until then. */
    @Override
    public void close() {
        maker.interrupt();
        boolean interrupted = false;
        while (maker.isAlive()) {
            try {
                maker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
