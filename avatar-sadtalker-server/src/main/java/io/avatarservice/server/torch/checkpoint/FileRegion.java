package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/**
 * A part of a file, mapped into memory where it is read.
 *
 * @param start the first byte
 * @param length the number of bytes, all within the file
 */
record FileRegion(FileChannel channel, long start, long length) implements ByteSource {

    /** Files may be larger than one mapping can be. */
    private static final int WINDOW = 1 << 26;

    @Override
    public void read(long offset, long count, Consumer<ByteBuffer> chunks) throws IOException {
        for (long done = 0; done < count; done += WINDOW) {
            long size = Math.min(WINDOW, count - done);
            long position = start + offset + done;
            if (position + size > channel.size()) {
                throw new MalformedException("the file became shorter while it was open");
            }
            ByteBuffer window = channel.map(FileChannel.MapMode.READ_ONLY, position, size);
            chunks.accept(window.order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
