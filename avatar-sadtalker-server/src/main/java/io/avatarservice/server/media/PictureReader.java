package io.avatarservice.server.media;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Reads portraits. The content decides what a file is, never its name; the limits are checked before anything is
 * decoded. Failures name the field {@code image}.
 */
public final class PictureReader {

    private static final String FIELD = "image";

    private final MediaProperties properties;

    public PictureReader(MediaProperties properties) {
        this.properties = properties;
    }

    /**
     * Checks everything that can be known without decoding: format, completeness, size.
     *
     * @throws ProblemException {@code UNSUPPORTED_MEDIA} or {@code PAYLOAD_TOO_LARGE}
     */
    public void check(Path file) {
        inspect(content(file));
    }

    /**
     * Decodes a picture, upright and opaque.
     *
     * @throws ProblemException {@code UNSUPPORTED_MEDIA} or {@code PAYLOAD_TOO_LARGE}
     */
    public Picture read(Path file) {
        byte[] content = content(file);
        ImageHeader header = inspect(content);
        try (Mat bytes = new Mat(1, content.length, opencv_core.CV_8UC1, new BytePointer(content));
                Mat decoded = decode(bytes, header);
                Mat opaque = opaque(decoded);
                Mat upright = upright(opaque, header.orientation())) {
            byte[] bgr = new byte[upright.rows() * upright.cols() * 3];
            upright.data().get(bgr);
            return new Picture(upright.cols(), upright.rows(), bgr);
        }
    }

    private byte[] content(Path file) {
        try {
            long bytes = Files.size(file);
            long limit = properties.maxImageBytes().toBytes();
            if (bytes > limit) {
                throw new ProblemException(
                        ProblemCode.PAYLOAD_TOO_LARGE,
                        FIELD,
                        String.format(Locale.ROOT, "the image has %,d bytes, the limit is %,d", bytes, limit));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the image", e);
        }
    }

    private ImageHeader inspect(byte[] content) {
        ImageHeader header = header(content);
        long pixels = (long) header.width() * header.height();
        if (header.width() <= 0 || header.height() <= 0) {
            throw unusable(header.format(), "it has no pixels");
        }
        if (pixels > properties.maxImagePixels()) {
            throw new ProblemException(
                    ProblemCode.PAYLOAD_TOO_LARGE,
                    FIELD,
                    String.format(
                            Locale.ROOT,
                            "the image has %,d x %,d = %,d pixels, the limit is %,d",
                            header.width(),
                            header.height(),
                            pixels,
                            properties.maxImagePixels()));
        }
        return header;
    }

    private static ImageHeader header(byte[] content) {
        if (content.length == 0) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA, FIELD, "the image is empty");
        }
        ImageFormat format = ImageFormat.sniff(content);
        if (format == null) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    FIELD,
                    "the image is not in a supported format (" + ImageFormat.NAMES + ")");
        }
        try {
            return format.inspect(content);
        } catch (DamagedImageException e) {
            throw unusable(format, e.getMessage());
        }
    }

    private static ProblemException unusable(ImageFormat format, @Nullable String why) {
        return new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA, FIELD, "the %s image cannot be used: %s".formatted(format, why));
    }

    /** Unchanged, so that OpenCV keeps transparency and leaves the orientation to us, for all formats alike. */
    private static Mat decode(Mat bytes, ImageHeader header) {
        Mat decoded = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_UNCHANGED);
        if (decoded.empty() || decoded.cols() != header.width() || decoded.rows() != header.height()) {
            decoded.close();
            throw unusable(header.format(), "its pixels are damaged");
        }
        return decoded;
    }

    /** Eight bits per channel, three channels, transparency over white. */
    private static Mat opaque(Mat decoded) {
        Mat eightBit = new Mat();
        double scale = decoded.depth() == opencv_core.CV_16U ? 1 / 257.0 : 1;
        decoded.convertTo(eightBit, opencv_core.CV_8U, scale, 0);
        Mat bgr = new Mat();
        switch (eightBit.channels()) {
            case 1 -> opencv_imgproc.cvtColor(eightBit, bgr, opencv_imgproc.COLOR_GRAY2BGR);
            case 3 -> eightBit.copyTo(bgr);
            case 4 -> overWhite(eightBit, bgr);
            default -> throw new IllegalStateException("OpenCV decoded " + eightBit.channels() + " channels");
        }
        eightBit.close();
        return bgr;
    }

    private static void overWhite(Mat bgra, Mat bgr) {
        try (Mat alpha = new Mat();
                Mat alphaBgr = new Mat();
                Mat clearBgr = new Mat();
                Mat color = new Mat()) {
            opencv_imgproc.cvtColor(bgra, color, opencv_imgproc.COLOR_BGRA2BGR);
            opencv_core.extractChannel(bgra, alpha, 3);
            opencv_imgproc.cvtColor(alpha, alphaBgr, opencv_imgproc.COLOR_GRAY2BGR);
            opencv_core.bitwise_not(alphaBgr, clearBgr);
            opencv_core.multiply(color, alphaBgr, color, 1 / 255.0, -1);
            // white times what shows through is just what shows through
            opencv_core.add(color, clearBgr, bgr);
        }
    }

    private static Mat upright(Mat picture, Orientation orientation) {
        Mat upright = new Mat();
        if (orientation.transpose()) {
            opencv_core.transpose(picture, upright);
        } else {
            picture.copyTo(upright);
        }
        if (orientation.flipColumns() || orientation.flipRows()) {
            // OpenCV's codes: 0 rows, 1 columns, -1 both
            int code = orientation.flipColumns() ? (orientation.flipRows() ? -1 : 1) : 0;
            opencv_core.flip(upright, upright, code);
        }
        return upright;
    }
}
