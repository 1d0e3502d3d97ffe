package io.avatarservice.server.media;

import java.util.Arrays;

/** Walks the markers of a JPEG file (ITU-T T.81, annex B) up to the end of the image. */
final class JpegContainer {

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;

    private final byte[] content;
    private int position;

    private JpegContainer(byte[] content) {
        this.content = content;
    }

    static ImageHeader inspect(byte[] content) throws DamagedImageException {
        return new JpegContainer(content).walk();
    }

    private ImageHeader walk() throws DamagedImageException {
        int width = 0;
        int height = 0;
        boolean scanned = false;
        Orientation orientation = Orientation.NORMAL;
        if (marker() != SOI) {
            throw new DamagedImageException("it does not start as a JPEG");
        }
        for (int marker = marker(); marker != EOI; marker = marker()) {
            if (marker == 0x01 || (marker >= 0xD0 && marker <= SOI)) {
                continue; // these stand alone, without a length
            }
            int start = position + 2;
            int end = position + unsignedShort(position);
            require(end - 1);
            if (end < start) {
                throw new DamagedImageException("a segment has an impossible length");
            }
            if (isStartOfFrame(marker)) {
                height = unsignedShort(start + 1);
                width = unsignedShort(start + 3);
            } else if (marker == APP1 && orientation == Orientation.NORMAL) {
                byte[] block = Arrays.copyOfRange(content, start, end);
                orientation = Orientation.isExif(block) ? Orientation.fromExif(block) : orientation;
            }
            position = end;
            if (marker == SOS) {
                scanned = true;
                skipScan();
            }
        }
        if (!scanned) {
            throw new DamagedImageException("it holds no picture");
        }
        return new ImageHeader(ImageFormat.JPEG, width, height, orientation);
    }

    /** All start-of-frame markers; the three others in the range define tables or extensions. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private int marker() throws DamagedImageException {
        if (unsignedByte(position++) != 0xFF) {
            throw new DamagedImageException("a marker is missing");
        }
        int marker;
        do {
            marker = unsignedByte(position++);
        } while (marker == 0xFF); // fill bytes
        return marker;
    }

    /** Moves to the first marker that is neither a stuffed byte nor a restart marker. */
    private void skipScan() throws DamagedImageException {
        while (true) {
            if (unsignedByte(position) == 0xFF) {
                int next = unsignedByte(position + 1);
                boolean partOfScan = next == 0x00 || (next >= 0xD0 && next <= 0xD7);
                if (!partOfScan && next != 0xFF) {
                    return;
                }
            }
            position++;
        }
    }

    private int unsignedShort(int offset) throws DamagedImageException {
        return unsignedByte(offset) << 8 | unsignedByte(offset + 1);
    }

    private int unsignedByte(int offset) throws DamagedImageException {
        require(offset);
        return content[offset] & 0xFF;
    }

    private void require(int offset) throws DamagedImageException {
        if (offset >= content.length) {
            throw new DamagedImageException("the file ends before the picture does");
        }
    }
}
