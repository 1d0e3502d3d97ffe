package io.avatarservice.server.media;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.util.Arrays;

/**
 * The eight values of the EXIF tag {@code Orientation} (Exif 2.32, 4.6.4), as what must be done to see the picture
 * upright: first a transposition, then mirroring.
 */
enum Orientation {
    NORMAL(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    ON_ITS_LEFT_SIDE(true, true, false),
    TRANSVERSED(true, true, true),
    ON_ITS_RIGHT_SIDE(true, false, true);

    private static final byte[] EXIF_PREFIX = {'E', 'x', 'i', 'f', 0, 0};

    private final boolean transpose;
    private final boolean flipColumns;
    private final boolean flipRows;

    Orientation(boolean transpose, boolean flipColumns, boolean flipRows) {
        this.transpose = transpose;
        this.flipColumns = flipColumns;
        this.flipRows = flipRows;
    }

    /** Whether rows and columns change places. */
    boolean transpose() {
        return transpose;
    }

    /** Whether left and right change places, after the transposition. */
    boolean flipColumns() {
        return flipColumns;
    }

    /** Whether top and bottom change places, after the transposition. */
    boolean flipRows() {
        return flipRows;
    }

    static boolean isExif(byte[] block) {
        return block.length > EXIF_PREFIX.length
                && Arrays.equals(block, 0, EXIF_PREFIX.length, EXIF_PREFIX, 0, EXIF_PREFIX.length);
    }

    /** Reads the tag from an EXIF block, with or without its prefix; {@link #NORMAL} where it has none or is broken. */
    static Orientation fromExif(byte[] block) {
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(block), metadata, isExif(block) ? EXIF_PREFIX.length : 0);
        for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (value != null && value >= 1 && value <= values().length) {
                return values()[value - 1];
            }
        }
        return NORMAL;
    }
}
