package io.avatarservice.server.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Makes image files: encodes pixels, and puts EXIF orientations into the three containers. */
final class ImageFiles {

    private ImageFiles() {}

    /** Encodes as the format of {@code extension} ({@code .jpg}, {@code .png}, {@code .webp}). */
    static byte[] encode(String extension, Mat pixels) {
        try (BytePointer encoded = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(extension, pixels, encoded)) {
                throw new IllegalStateException("cannot encode " + extension);
            }
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    /** Puts an EXIF orientation into an encoded image. */
    static byte[] withOrientation(String extension, byte[] image, int width, int height, int orientation) {
        byte[] tiff = ByteBuffer.allocate(26)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'I', 'I', 42, 0})
                .putInt(8) // offset of the first directory
                .putShort((short) 1) // entries
                .putShort((short) 0x0112) // orientation
                .putShort((short) 3) // short
                .putInt(1)
                .putInt(orientation)
                .putInt(0) // no further directory
                .array();
        return switch (extension) {
            case ".jpg" -> jpeg(image, tiff);
            case ".png" -> insert(image, 33, pngChunk("eXIf", tiff));
            case ".webp" -> webp(image, width, height, tiff);
            default -> throw new IllegalArgumentException(extension);
        };
    }

    /** A small image whose header claims another size. */
    static byte[] claiming(String kind, Mat pixels, int width, int height) {
        return switch (kind) {
            case ".jpg" -> claimingJpeg(encode(kind, pixels), width, height);
            case ".png" -> claimingPng(encode(kind, pixels), width, height);
            case ".webp" -> claimingLosslessWebp(encode(kind, pixels), width, height);
            case ".lossy.webp" -> claimingLossyWebp(width, height);
            case ".extended.webp" -> webp(encode(".webp", pixels), width, height, new byte[0]);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static byte[] claimingPng(byte[] image, int width, int height) {
        byte[] header = Arrays.copyOfRange(image, 16, 29);
        ByteBuffer.wrap(header).putInt(width).putInt(height);
        System.arraycopy(pngChunk("IHDR", header), 0, image, 8, 25);
        return image;
    }

    /** Changes the frame header: marker, length, precision, height, width. */
    private static byte[] claimingJpeg(byte[] image, int width, int height) {
        for (int i = 2; i < image.length - 9; i++) {
            if ((image[i] & 0xFF) == 0xFF && (image[i + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(image).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return image;
            }
        }
        throw new IllegalStateException("no frame header");
    }

    /** After the RIFF and chunk headers and the signature: 14 bits each, minus one. */
    private static byte[] claimingLosslessWebp(byte[] image, int width, int height) {
        if (!new String(image, 12, 4, StandardCharsets.US_ASCII).equals("VP8L")) {
            throw new IllegalStateException("not lossless");
        }
        ByteBuffer file = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int rest = file.getInt(21) & 0xF000_0000;
        file.putInt(21, rest | (height - 1) << 14 | (width - 1));
        return image;
    }

    /** A key frame's header and nothing behind it. */
    private static byte[] claimingLossyWebp(int width, int height) {
        byte[] frame = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x10, 0x02, 0x00, (byte) 0x9D, 0x01, 0x2A})
                .putShort((short) width)
                .putShort((short) height)
                .array();
        return ByteBuffer.allocate(20 + frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(12 + frame.length)
                .put(ascii("WEBPVP8 "))
                .putInt(frame.length)
                .put(frame)
                .array();
    }

    private static byte[] jpeg(byte[] image, byte[] tiff) {
        byte[] segment = ByteBuffer.allocate(10 + tiff.length)
                .putShort((short) 0xFFE1)
                .putShort((short) (8 + tiff.length))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff)
                .array();
        return insert(image, 2, segment);
    }

    /** An extended WebP (RFC 9649, 2.7) around the chunk of a simple one. */
    private static byte[] webp(byte[] simple, int width, int height, byte[] tiff) {
        int length = 4 + 18 + (simple.length - 12) + 8 + tiff.length;
        return ByteBuffer.allocate(8 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(length)
                .put(ascii("WEBPVP8X"))
                .putInt(10)
                .putInt(0x08) // has EXIF
                .put(unsigned24(width - 1))
                .put(unsigned24(height - 1))
                .put(simple, 12, simple.length - 12)
                .put(ascii("EXIF"))
                .putInt(tiff.length)
                .put(tiff)
                .array();
    }

    /** A PNG chunk with its checksum. */
    static byte[] pngChunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(ascii(type))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    static byte[] insert(byte[] bytes, int offset, byte[] inserted) {
        return ByteBuffer.allocate(bytes.length + inserted.length)
                .put(bytes, 0, offset)
                .put(inserted)
                .put(Arrays.copyOfRange(bytes, offset, bytes.length))
                .array();
    }

    private static byte[] unsigned24(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
