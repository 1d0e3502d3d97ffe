package io.avatarservice.server.driver.preview;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.avatarservice.server.media.Picture;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** Brings a portrait to the size of its video: no larger than the limit, even sides, nothing enlarged. */
final class PortraitScaler {

    private PortraitScaler() {}

    /**
     * The portrait at its video's size. An odd side loses its last row or column rather than being resampled.
     *
     * @param maxSide limit of the longer side, pixels
     * @return 8-bit blue, green, red without padding; the caller's to close
     */
    static Mat scale(Picture portrait, int maxSide) {
        int longest = Math.max(portrait.width(), portrait.height());
        try (Mat full = new Mat(portrait.height(), portrait.width(), CV_8UC3, new BytePointer(portrait.bgr()))) {
            if (longest > maxSide) {
                double factor = (double) maxSide / longest;
                Mat scaled = new Mat();
                resize(
                        full,
                        scaled,
                        new Size(even(portrait.width() * factor), even(portrait.height() * factor)),
                        0,
                        0,
                        INTER_AREA);
                return scaled;
            }
            return full.apply(new Rect(0, 0, Math.max(2, portrait.width() & ~1), Math.max(2, portrait.height() & ~1)))
                    .clone();
        }
    }

    private static int even(double side) {
        return Math.max(2, (int) Math.round(side / 2) * 2);
    }
}
