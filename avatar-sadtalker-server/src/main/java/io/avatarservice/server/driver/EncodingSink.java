package io.avatarservice.server.driver;

import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.Mp4Encoder;
import io.avatarservice.server.media.VideoTrack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The sink of one render: a few buffers go round between the driver's thread, which fills them, and one encoder thread,
 * which drains them, so that rendering and encoding overlap. What fails on one side stops the other.
 */
final class EncodingSink implements FrameSink, AutoCloseable {

    /** Two for each side: one in work, one waiting. */
    private static final int BUFFERS = 4;

    /** How often a thread that waits looks whether the render was cancelled. */
    private static final long POLL_MILLIS = 50;

    private final Path output;
    private final @Nullable AudioClip sound;
    private final int quantizer;
    private final RenderListener listener;
    private final StageClock clock;

    private final BlockingQueue<FrameBuffer> free = new LinkedBlockingQueue<>();
    /** An empty element ends the stream. */
    private final BlockingQueue<Optional<FrameBuffer>> filled = new LinkedBlockingQueue<>();

    private @Nullable FramePool pool;
    private @Nullable VideoFormat format;
    private @Nullable FutureTask<Void> encoding;
    private @Nullable FrameBuffer borrowed;
    private volatile boolean abandoned;
    private int published;

    EncodingSink(Path output, @Nullable AudioClip sound, int quantizer, RenderListener listener, StageClock clock) {
        this.output = output;
        this.sound = sound;
        this.quantizer = quantizer;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void stage(RenderStage stage) {
        clock.enter(stage);
        listener.stage(stage);
    }

    @Override
    public void checkCancelled() {
        if (listener.cancelled()) {
            throw new RenderCancelledException();
        }
    }

    @Override
    public void open(VideoFormat announced) {
        if (format != null) {
            throw new IllegalStateException("the driver announced two videos");
        }
        format = announced;
        FramePool frames = new FramePool(BUFFERS, announced.width() * announced.height() * 3);
        pool = frames;
        free.addAll(frames.frames());
        FutureTask<Void> task = new FutureTask<>(() -> encode(announced), null);
        encoding = task;
        Thread thread = new Thread(task, Thread.currentThread().getName() + "-encoder");
        thread.setDaemon(true);
        thread.start();
        stage(RenderStage.RENDERING);
    }

    @Override
    public FrameBuffer borrow() {
        FutureTask<Void> task = opened();
        if (borrowed != null) {
            throw new IllegalStateException("the driver borrowed a frame before it published the last");
        }
        if (published == format().frameCount()) {
            throw new IllegalStateException("the driver yields more than the " + published + " frames it announced");
        }
        try {
            while (!listener.cancelled() && !task.isDone()) {
                FrameBuffer frame = free.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (frame != null) {
                    frame.pixels().clear();
                    borrowed = frame;
                    return frame;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RenderCancelledException();
    }

    @Override
    public void publish(FrameBuffer frame) {
        if (frame != borrowed) {
            throw new IllegalStateException("the driver published a frame that it had not borrowed");
        }
        borrowed = null;
        published++;
        filled.add(Optional.of(frame));
    }

    /** Runs on the encoder thread. */
    private void encode(VideoFormat announced) {
        VideoTrack track = new VideoTrack(announced.width(), announced.height(), announced.frameRate(), quantizer);
        try (Mp4Encoder encoder = new Mp4Encoder(output, track, sound)) {
            int encoded = 0;
            for (Optional<FrameBuffer> next = filled.take(); next.isPresent(); next = filled.take()) {
                if (abandoned) {
                    return;
                }
                listener.frame(next.get().pixels(), announced);
                encoder.encode(next.get().pixels());
                free.add(next.get());
                encoded++;
                listener.frames(encoded, announced.frameCount());
            }
            if (!abandoned) {
                encoder.finish();
            }
        } catch (IOException e) {
            throw new EncodingException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the encoder thread", e);
        }
    }

    /**
     * Waits for the encoder after the last frame. From here on the render can no longer be cancelled: the little that is
     * left to write takes less time than to undo it would.
     *
     * @return what was encoded
     * @throws EncodingException when the video could not be written
     */
    VideoFormat finish() {
        FutureTask<Void> task = opened();
        if (published != format().frameCount()) {
            throw new IllegalStateException(
                    "the driver announced %d frames and yielded %d".formatted(format().frameCount(), published));
        }
        filled.add(Optional.empty());
        await(task);
        rethrowFailure();
        return format();
    }

    /** Throws what stopped the encoder, if anything did. */
    void rethrowFailure() {
        FutureTask<Void> task = encoding;
        if (task == null || !task.isDone()) {
            return;
        }
        try {
            task.get(0, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EncodingException known ? known : new EncodingException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("a finished task does not block", e);
        }
    }

    /** Stops the encoder where it still runs, waits for it, and frees the buffers. */
    @Override
    public void close() {
        abandoned = true;
        FutureTask<Void> task = encoding;
        if (task != null) {
            filled.add(Optional.empty());
            await(task);
        }
        if (pool != null) {
            pool.close();
        }
    }

    /** Waits for the end of the encoder even where the thread is interrupted: it uses the buffers until then. */
    private static void await(FutureTask<Void> task) {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // for rethrowFailure
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private VideoFormat format() {
        return Objects.requireNonNull(format, "the driver announced no video");
    }

    private FutureTask<Void> opened() {
        FutureTask<Void> task = encoding;
        if (task == null) {
            throw new IllegalStateException("the driver announced no video");
        }
        return task;
    }
}
