package io.avatarservice.server.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the RIFF chunks of a WebP file (RFC 9649, 2). */
final class WebpContainer {

    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;

    private static final int VP8X = fourCc("VP8X");
    private static final int VP8 = fourCc("VP8 ");
    private static final int VP8L = fourCc("VP8L");
    private static final int ANIM = fourCc("ANIM");
    private static final int EXIF = fourCc("EXIF");

    private WebpContainer() {}

    static ImageHeader inspect(byte[] content) throws DamagedImageException {
        try {
            return walk(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException e) {
            throw new DamagedImageException("the file ends before the picture does");
        }
    }

    private static ImageHeader walk(ByteBuffer file) throws DamagedImageException {
        long end = CHUNK_HEADER_BYTES + Integer.toUnsignedLong(file.getInt(4));
        if (end > file.limit()) {
            throw new DamagedImageException("the file ends before the picture does");
        }
        file.limit((int) end).position(Math.min(RIFF_HEADER_BYTES, (int) end));
        int width = 0;
        int height = 0;
        boolean pixels = false;
        Orientation orientation = Orientation.NORMAL;
        while (file.remaining() >= CHUNK_HEADER_BYTES) {
            int type = file.getInt();
            long length = Integer.toUnsignedLong(file.getInt());
            if (length > file.remaining()) {
                throw new DamagedImageException("the file ends before the picture does");
            }
            ByteBuffer data = file.slice(file.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
            if (type == ANIM) {
                throw new DamagedImageException("it is an animation");
            } else if (type == VP8X) {
                data.getInt(); // flags
                width = 1 + unsigned24(data);
                height = 1 + unsigned24(data);
            } else if (type == VP8 || type == VP8L) {
                pixels = true;
                int size = type == VP8 ? lossySize(data) : losslessSize(data);
                // the canvas of an extended file and its only frame have the same size
                width = Math.max(width, size >>> 16);
                height = Math.max(height, size & 0xFFFF);
            } else if (type == EXIF) {
                byte[] block = new byte[(int) length];
                data.get(block);
                orientation = Orientation.fromExif(block);
            }
            // chunks are padded to even length
            file.position((int) Math.min(file.position() + length + (length & 1), file.limit()));
        }
        if (!pixels) {
            throw new DamagedImageException("it holds no picture");
        }
        return new ImageHeader(ImageFormat.WEBP, width, height, orientation);
    }

    /** Width and height of a VP8 key frame (RFC 6386, 9.1), 14 bits each. */
    private static int lossySize(ByteBuffer data) {
        data.position(Math.min(6, data.limit())); // frame tag and start code
        int width = data.getShort() & 0x3FFF;
        int height = data.getShort() & 0x3FFF;
        return width << 16 | height;
    }

    /** Width and height of a VP8L stream (RFC 9649, 3.4), 14 bits each, minus one. */
    private static int losslessSize(ByteBuffer data) {
        data.get(); // signature
        int bits = data.getInt();
        int width = 1 + (bits & 0x3FFF);
        int height = 1 + (bits >>> 14 & 0x3FFF);
        return width << 16 | height;
    }

    private static int unsigned24(ByteBuffer data) {
        return (data.get() & 0xFF) | (data.get() & 0xFF) << 8 | (data.get() & 0xFF) << 16;
    }

    private static int fourCc(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }
}
