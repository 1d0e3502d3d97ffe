package io.avatarservice.server.driver.liveportrait.driving;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The second reading of a driving video. */
final class CroppedPictures implements DrivingFrames {

    private final DrivingPictures pictures;
    private final int[] shown;
    private final UnaryOperator<byte[]> crop;
    private int frame;
    private int picture = -1;
    private byte @Nullable [] cropped;

    /**
     * Reads a video from its start.
     *
     * @param pictures closed with this
     * @param shown the number of the picture that each frame shows, ascending
     */
    CroppedPictures(DrivingPictures pictures, int[] shown, UnaryOperator<byte[]> crop) {
        this.pictures = pictures;
        this.shown = shown;
        this.crop = crop;
    }

    @Override
    public byte @Nullable [] next() {
        if (frame == shown.length) {
            return null;
        }
        int wanted = shown[frame++];
        if (wanted > picture) {
            while (picture < wanted) {
                if (!pictures.advance()) {
                    throw new IllegalStateException("the driving video has changed while it was read");
                }
                picture++;
            }
            cropped = crop.apply(pictures.rgb());
        }
        return cropped;
    }

    @Override
    public void close() {
        pictures.close();
    }
}
