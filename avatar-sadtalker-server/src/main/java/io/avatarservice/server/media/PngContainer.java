package io.avatarservice.server.media;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Walks the chunks of a PNG file (W3C PNG, 5) up to {@code IEND}, checking each one's checksum. */
final class PngContainer {

    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_OVERHEAD_BYTES = 12;

    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;
    private static final int ACTL = 0x6163544C;

    private PngContainer() {}

    static ImageHeader inspect(byte[] content) throws DamagedImageException {
        ByteBuffer chunks = ByteBuffer.wrap(content);
        chunks.position(Math.min(SIGNATURE_BYTES, content.length));
        int width = 0;
        int height = 0;
        boolean pixels = false;
        Orientation orientation = Orientation.NORMAL;
        while (true) {
            if (chunks.remaining() < CHUNK_OVERHEAD_BYTES) {
                throw new DamagedImageException("the file ends before the picture does");
            }
            int length = chunks.getInt();
            int start = chunks.position();
            if (length < 0 || length > chunks.remaining() - 8) {
                throw new DamagedImageException("the file ends before the picture does");
            }
            int type = chunks.getInt();
            CRC32 crc = new CRC32();
            crc.update(content, start, 4 + length);
            ByteBuffer data = chunks.slice(start + 4, length);
            chunks.position(start + 4 + length);
            if (chunks.getInt() != (int) crc.getValue()) {
                throw new DamagedImageException("a checksum does not match");
            }
            switch (type) {
                case IHDR -> {
                    if (length < 8) {
                        throw new DamagedImageException("its header is too short");
                    }
                    width = data.getInt();
                    height = data.getInt();
                }
                case IDAT -> pixels = true;
                case EXIF -> {
                    byte[] block = new byte[length];
                    data.get(block);
                    orientation = Orientation.fromExif(block);
                }
                case ACTL -> {
                    if (length < 4 || data.getInt() != 1) {
                        throw new DamagedImageException("it is an animation");
                    }
                }
                case IEND -> {
                    if (!pixels) {
                        throw new DamagedImageException("it holds no picture");
                    }
                    return new ImageHeader(ImageFormat.PNG, width, height, orientation);
                }
                default -> {} // ancillary
            }
        }
    }
}
