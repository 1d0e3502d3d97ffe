package io.avatarservice.server.support;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.OptionParser;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Takes a driving video, and yields two gray frames. */
public final class DrivenFakeDriver implements TalkingHeadDriver {

    private static final int FRAMES = 2;

    private volatile byte[] video = {};
    private volatile boolean spoken;

    @Override
    public String name() {
        return "driven";
    }

    @Override
    public DriverDescription describe() {
        return new DriverDescription(
                name(), "Gray.", true, List.of(), null, "cpu", MotionSource.DRIVING_VIDEO, FakeDriver.SIDE, List.of());
    }

    @Override
    public RenderOptions options(Map<String, ?> requested) {
        return OptionParser.parse(List.of(), requested);
    }

    @Override
    public void render(RenderRequest request, FrameSink sink) {
        try {
            video = Files.readAllBytes(request.requireDrivingVideo());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spoken = request.speech() != null;
        sink.open(new VideoFormat(FakeDriver.SIDE, FakeDriver.SIDE, 25, FRAMES));
        for (int i = 0; i < FRAMES; i++) {
            FrameBuffer frame = sink.borrow();
            for (int p = 0; p < FakeDriver.SIDE * FakeDriver.SIDE * 3; p++) {
                frame.pixels().put(p, Byte.MAX_VALUE);
            }
            sink.publish(frame);
        }
    }

    /** The driving video of the last render. */
    public byte[] video() {
        return video;
    }

    /** Whether the last render had speech. */
    public boolean spoken() {
        return spoken;
    }
}
