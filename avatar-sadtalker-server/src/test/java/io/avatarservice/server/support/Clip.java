package io.avatarservice.server.support;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.VideoFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the frames of a render in memory. Two buffers go round, as they do towards an encoder. */
public class Clip implements FrameSink {

    private static final int BUFFERS = 2;

    private final List<byte[]> frames = new ArrayList<>();
    private final List<FrameBuffer> buffers = new ArrayList<>();
    private @Nullable VideoFormat format;

    @Override
    public void stage(RenderStage stage) {}

    @Override
    public void open(VideoFormat announced) {
        format = announced;
        for (int slot = 0; slot < BUFFERS; slot++) {
            buffers.add(new FrameBuffer(slot, ByteBuffer.allocateDirect(announced.width() * announced.height() * 3)));
        }
    }

    @Override
    public FrameBuffer borrow() {
        FrameBuffer buffer = buffers.get(frames.size() % BUFFERS);
        buffer.pixels().clear();
        return buffer;
    }

    @Override
    public void publish(FrameBuffer frame) {
        byte[] pixels = new byte[frame.pixels().capacity()];
        frame.pixels().get(0, pixels);
        frames.add(pixels);
    }

    public VideoFormat format() {
        return Objects.requireNonNull(format);
    }

    public List<byte[]> frames() {
        return frames;
    }

    /** The largest difference of a byte to another clip's. */
    public int differenceTo(Clip other) {
        int largest = 0;
        for (int i = 0; i < frames.size(); i++) {
            byte[] mine = frames.get(i);
            byte[] others = other.frames.get(i);
            for (int at = 0; at < mine.length; at++) {
                largest = Math.max(largest, Math.abs((mine[at] & 0xFF) - (others[at] & 0xFF)));
            }
        }
        return largest;
    }
}
