package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Small reads at a place in a file. */
final class FileBytes {

    private FileBytes() {}

    static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new MalformedException(
                        "the file is cut short after %d bytes; download it again".formatted(channel.size()));
            }
        }
        return bytes.array();
    }

    /** A little-endian number of eight bytes. */
    static long readLong(FileChannel channel, long position) throws IOException {
        return ByteBuffer.wrap(read(channel, position, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }
}
