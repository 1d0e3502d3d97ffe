package io.avatarservice.server.driver.liveportrait.face;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.media.Picture;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A portrait in two sizes: reduced to look at, as the reference reduces it, and as it came to paste into. A side of an odd
 * number of pixels loses its last row or column in both.
 */
public final class PortraitPicture {

    private static final int CHANNELS = 3;

    /** The reference's limit of the longer side. */
    private static final int LONGEST_SEEN = 1280;

    /** What the H.264 encoder takes: level 5.2 has 36,864 blocks of 16 × 16 pixels, and no side longer than this. */
    private static final int LONGEST_PASTED = 4096;

    private static final double MOST_PASTED = 36_000 * 256;

    private final byte[] rgb;
    private final Size seen;
    private final byte[] bgr;
    private final Size pasted;
    private final double zoomX;
    private final double zoomY;

    private PortraitPicture(Picture portrait) {
        Size original = new Size(portrait.width(), portrait.height());
        Size reduced = reduced(original);
        byte[] small = new byte[reduced.width() * reduced.height() * CHANNELS];
        new BilinearResizer(original, reduced, CHANNELS).resize(portrait.bgr(), small);
        seen = even(reduced);
        rgb = swapped(cut(small, reduced, seen));
        Size encodable = encodable(original);
        pasted = even(encodable);
        bgr = cut(encodable.equals(original) ? portrait.bgr() : shrunk(portrait, encodable), encodable, pasted);
        zoomX = (double) reduced.width() / encodable.width();
        zoomY = (double) reduced.height() / encodable.height();
    }

    /** Both sizes of a portrait. */
    public static PortraitPicture of(Picture portrait) {
        return new PortraitPicture(portrait);
    }

    private static Size reduced(Size original) {
        int longer = Math.max(original.width(), original.height());
        if (longer <= LONGEST_SEEN) {
            return original;
        }
        double factor = LONGEST_SEEN / (double) longer;
        return original.width() > original.height()
                ? new Size(LONGEST_SEEN, Math.max(1, (int) (original.height() * factor)))
                : new Size(Math.max(1, (int) (original.width() * factor)), LONGEST_SEEN);
    }

    private static Size encodable(Size original) {
        double pixels = (double) original.width() * original.height();
        double factor = Math.min(
                LONGEST_PASTED / (double) Math.max(original.width(), original.height()),
                Math.sqrt(MOST_PASTED / pixels));
        return factor >= 1
                ? original
                : new Size(Math.max(1, (int) (original.width() * factor)), Math.max(1, (int)
                        (original.height() * factor)));
    }

    private static Size even(Size size) {
        return new Size(Math.max(1, size.width() & ~1), Math.max(1, size.height() & ~1));
    }

    private static byte[] shrunk(Picture portrait, Size size) {
        byte[] pixels = new byte[size.width() * size.height() * CHANNELS];
        try (BytePointer bytes = new BytePointer(portrait.bgr());
                Mat full = new Mat(portrait.height(), portrait.width(), CV_8UC3, bytes);
                Mat small = new Mat();
                org.bytedeco.opencv.opencv_core.Size target =
                        new org.bytedeco.opencv.opencv_core.Size(size.width(), size.height())) {
            resize(full, small, target, 0, 0, INTER_AREA);
            small.data().get(pixels);
        }
        return pixels;
    }

    private static byte[] cut(byte[] pixels, Size from, Size to) {
        if (from.equals(to)) {
            return pixels;
        }
        byte[] cut = new byte[to.width() * to.height() * CHANNELS];
        for (int y = 0; y < to.height(); y++) {
            System.arraycopy(
                    pixels, y * from.width() * CHANNELS, cut, y * to.width() * CHANNELS, to.width() * CHANNELS);
        }
        return cut;
    }

    private static byte[] swapped(byte[] pixels) {
        byte[] swapped = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            swapped[i] = pixels[i + 2];
            swapped[i + 1] = pixels[i + 1];
            swapped[i + 2] = pixels[i];
        }
        return swapped;
    }

    /** The reduced portrait: {@code height × width × 3} bytes, red first. Not to be changed. */
    public byte[] rgb() {
        return rgb;
    }

    /** Width of the reduced portrait: even, at most 1280 pixels. */
    public int width() {
        return seen.width();
    }

    /** Height of the reduced portrait: even, at most 1280 pixels. */
    public int height() {
        return seen.height();
    }

    /**
     * Cuts out a face of the reduced portrait, red first.
     *
     * @param points of the face, in the reduced portrait
     */
    public PortraitCrop crop(FacePoints points) {
        return PortraitCrop.of(rgb, seen.width(), seen.height(), points);
    }

    /**
     * Prepares to lay frames into the portrait as it came, blue first; it tells the size of the video too. A portrait that is
     * larger than what can be encoded is reduced as far as it has to be.
     *
     * @param crop from {@link #crop}
     */
    public PasteBack pasteBack(PortraitCrop crop) {
        return new PasteBack(bgr, pasted.width(), pasted.height(), fromPasted(crop.toCrop()));
    }

    /** Pixels are squares around whole numbers, so that both sizes share the corners of the picture, not of its first pixel. */
    private Affine fromPasted(Affine toCrop) {
        double moveX = (zoomX - 1) / 2;
        double moveY = (zoomY - 1) / 2;
        return new Affine(
                toCrop.a() * zoomX,
                toCrop.b() * zoomY,
                toCrop.a() * moveX + toCrop.b() * moveY + toCrop.c(),
                toCrop.d() * zoomX,
                toCrop.e() * zoomY,
                toCrop.d() * moveX + toCrop.e() * moveY + toCrop.f());
    }
}
