package io.avatarservice.server.driver;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;

/**
 * The frame buffers of one render. They live outside the heap and are freed by {@link #close}, not by some later garbage
 * collection, so that many renders in a row need no more memory than one.
 */
final class FramePool implements AutoCloseable {

    /** Bytes behind each frame, for vector code that reads whole registers past the last pixel. */
    private static final int VECTOR = 64;

    private final List<BytePointer> memory;
    private final List<FrameBuffer> frames;

    FramePool(int count, int bytesPerFrame) {
        memory = IntStream.range(0, count)
                .mapToObj(slot -> new BytePointer(bytesPerFrame + VECTOR).limit(bytesPerFrame))
                .toList();
        frames = IntStream.range(0, count)
                .mapToObj(slot -> new FrameBuffer(slot, memory.get(slot).asByteBuffer()))
                .toList();
    }

    List<FrameBuffer> frames() {
        return frames;
    }

    @Override
    public void close() {
        memory.forEach(BytePointer::close);
    }
}
