package io.avatarservice.server.support;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.OptionDescription;
import io.avatarservice.server.driver.OptionParser;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Yields small frames of one color; can be held in the middle of a render, and can fail. */
public final class FakeDriver implements TalkingHeadDriver {

    public static final int SIDE = 64;

    /** An option that is a video. */
    public static final String VIDEO = "reference_pose_video";

    /** So many that a held render outlasts a test, so few and small that a released one ends at once. */
    private static final int FRAMES_WHEN_HELD = 1500;

    private static final List<OptionDescription> OPTIONS = List.of(
            OptionDescription.integer("seed", 1L, 0, 1000, "Color of the frames."),
            OptionDescription.bool("still", false, "Nothing."),
            OptionDescription.video(VIDEO, "Kept for the test."));

    private final AtomicInteger rendering = new AtomicInteger();
    private final AtomicInteger renders = new AtomicInteger();
    private volatile @Nullable CountDownLatch gate;
    private volatile @Nullable RuntimeException failure;
    private volatile String video = "";

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public DriverDescription describe() {
        return new DriverDescription(
                "fake", "One color.", true, List.of(), null, "cpu", MotionSource.SPEECH, SIDE, OPTIONS);
    }

    @Override
    public RenderOptions options(Map<String, ?> requested) {
        return OptionParser.parse(OPTIONS, requested);
    }

    @Override
    public void render(RenderRequest request, FrameSink sink) {
        renders.incrementAndGet();
        rendering.incrementAndGet();
        try {
            sink.stage(RenderStage.ANALYZING);
            video = content(request.videos().get(VIDEO));
            RuntimeException wanted = failure;
            if (wanted != null) {
                throw wanted;
            }
            yieldFrames(request, sink, gate);
        } finally {
            rendering.decrementAndGet();
        }
    }

    private static void yieldFrames(RenderRequest request, FrameSink sink, @Nullable CountDownLatch held) {
        int frames = held == null
                ? Math.max(1, (int) Math.round(request.requireSpeech().seconds() * 25))
                : FRAMES_WHEN_HELD;
        sink.open(new VideoFormat(SIDE, SIDE, 25, frames));
        byte color = (byte) request.options().integer("seed");
        for (int i = 0; i < frames; i++) {
            FrameBuffer frame = sink.borrow();
            for (int p = 0; p < SIDE * SIDE * 3; p++) {
                frame.pixels().put(p, color);
            }
            sink.publish(frame);
            if (held != null) {
                pause(held);
            }
        }
    }

    /** Returns at once when the gate is open. */
    private static void pause(CountDownLatch held) {
        try {
            held.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Renders go on slowly from now on, until {@link #release}. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void release() {
        CountDownLatch held = gate;
        gate = null;
        if (held != null) {
            held.countDown();
        }
    }

    public void failWith(@Nullable RuntimeException wanted) {
        failure = wanted;
    }

    private static String content(@Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the video of the last render had in it; empty without one. */
    public String video() {
        return video;
    }

    /** How many renders are going on. */
    public int rendering() {
        return rendering.get();
    }

    /** How many renders were begun. */
    public int renders() {
        return renders.get();
    }
}
