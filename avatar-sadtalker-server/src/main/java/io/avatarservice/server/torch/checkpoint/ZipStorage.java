package io.avatarservice.server.torch.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A storage that is an entry of a zip archive.
 *
 * @param length the number of bytes that are meant
 */
record ZipStorage(ZipFile zip, ZipEntry entry, long length) implements ByteSource {

    private static final int CHUNK = 1 << 20;

    @Override
    public void read(long offset, long count, Consumer<ByteBuffer> chunks) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, count)];
        try (InputStream in = zip.getInputStream(entry)) {
            in.skipNBytes(offset);
            for (long left = count; left > 0; left -= chunk.length) {
                int wanted = (int) Math.min(chunk.length, left);
                if (in.readNBytes(chunk, 0, wanted) < wanted) {
                    throw new EOFException();
                }
                chunks.accept(ByteBuffer.wrap(chunk, 0, wanted).order(ByteOrder.LITTLE_ENDIAN));
            }
        } catch (EOFException e) {
            throw new MalformedException("its entry in the archive ends too early; download the file again");
        } catch (ZipException e) {
            throw new MalformedException("its entry in the archive is damaged; download the file again");
        }
    }
}
