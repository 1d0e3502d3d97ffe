package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Bytes of a file that hold elements, read from front to back in chunks. */
interface ByteSource {

    /** The number of bytes. */
    long length();

    /**
     * Hands over a part of the bytes.
     *
     * @param chunks takes little-endian buffers; all but the last hold a multiple of eight bytes; valid during the call only
     */
    void read(long offset, long length, Consumer<ByteBuffer> chunks) throws IOException;
}
