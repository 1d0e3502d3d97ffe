package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.media.Picture;

/** Between the pictures that the server reads (blue first) and those of this package (red first). */
public final class Pictures {

    private Pictures() {}

    /** The same pixels, red first. */
    public static RgbImage toRgb(Picture picture) {
        return new RgbImage(picture.width(), picture.height(), swapped(picture.bgr()));
    }

    /** The same pixels, blue first. */
    public static Picture toBgr(RgbImage image) {
        return new Picture(image.width(), image.height(), swapped(image.rgb()));
    }

    private static byte[] swapped(byte[] pixels) {
        byte[] swapped = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
            swapped[i] = pixels[i + 2];
            swapped[i + 1] = pixels[i + 1];
            swapped[i + 2] = pixels[i];
        }
        return swapped;
    }
}
