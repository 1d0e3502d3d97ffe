package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.driver.liveportrait.face.AffineWarp;
import io.avatarservice.server.driver.liveportrait.face.DrivingBox;
import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import java.util.function.UnaryOperator;

/** Makes of the pictures of a video what the motion extractor reads: 256 × 256 × 3 bytes. */
final class DrivingCrop {

    private static final int CHANNELS = 3;

    /** Crops are made at twice their size and reduced, as in the reference. */
    private static final int LARGE = 512;

    private static final Size INPUT = new Size(256, 256);

    private DrivingCrop() {}

    /**
     * Cuts the same box out of all pictures.
     *
     * @param picture the size of the pictures
     */
    static UnaryOperator<byte[]> of(DrivingBox box, Size picture) {
        AffineWarp warp = new AffineWarp(box.toCrop(LARGE), LARGE, LARGE, CHANNELS);
        BilinearResizer halved = new BilinearResizer(new Size(LARGE, LARGE), INPUT, CHANNELS);
        return rgb -> resized(halved, warp.apply(rgb, picture.width(), picture.height()));
    }

    /**
     * Reduces whole pictures.
     *
     * @param picture the size of the pictures
     */
    static UnaryOperator<byte[]> whole(Size picture) {
        BilinearResizer resizer = new BilinearResizer(picture, INPUT, CHANNELS);
        return rgb -> resized(resizer, rgb);
    }

    private static byte[] resized(BilinearResizer resizer, byte[] rgb) {
        byte[] resized = new byte[INPUT.width() * INPUT.height() * CHANNELS];
        resizer.resize(rgb, resized);
        return resized;
    }
}
