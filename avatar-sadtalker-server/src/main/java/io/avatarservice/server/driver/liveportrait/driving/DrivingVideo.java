package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.driver.liveportrait.face.FaceTracker;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.media.FfmpegException;
import io.avatarservice.server.media.FrameRate;
import io.avatarservice.server.media.NoVideoStreamException;
import io.avatarservice.server.media.TooManyPixelsException;
import io.avatarservice.server.media.VideoReader;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A driving video, looked through once: where the face is, how far its eyes and lips are open. It keeps a few numbers for
 * each picture; the pictures are decoded again by {@link #open}. Safe for use by many threads.
 */
public final class DrivingVideo {

    static final String FIELD = "driving_video";

    private final Path file;
    private final DrivingLimits limits;
    private final FrameRate rate;
    /** For each frame, which of the pictures with a face it shows: an index into the next two. */
    private final int[] faces;

    private final List<Integer> shown;
    private final List<OpeningRatios> ratios;
    private final UnaryOperator<byte[]> crop;

    private DrivingVideo(
            Path file,
            DrivingLimits limits,
            FrameRate rate,
            int[] pictures,
            FaceTrack track,
            UnaryOperator<byte[]> crop) {
        this.file = file;
        this.limits = limits;
        this.rate = rate;
        this.shown = List.copyOf(track.shown());
        this.ratios = List.copyOf(track.ratios());
        this.faces = held(pictures, shown);
        this.crop = crop;
    }

    /** The last picture with a face stands for those without, the first one for those before it. */
    private static int[] held(int[] pictures, List<Integer> shown) {
        int[] faces = new int[pictures.length];
        int face = 0;
        for (int frame = 0; frame < pictures.length; frame++) {
            while (face + 1 < shown.size() && shown.get(face + 1) <= pictures[frame]) {
                face++;
            }
            faces[frame] = face;
        }
        return faces;
    }

    /**
     * Looks through a video.
     *
     * @param framing what of the pictures the frames show
     * @param landmarks finds and follows the face
     * @param listener is told of every picture
     * @throws ProblemException with the field {@code driving_video}: {@code UNSUPPORTED_MEDIA} for what is no usable
     *     video, {@code PAYLOAD_TOO_LARGE} beyond the limits, {@code FACE_NOT_FOUND} where no picture shows a face
     */
    public static DrivingVideo look(
            Path file, DrivingFraming framing, DrivingLimits limits, FaceTracker landmarks, DrivingListener listener) {
        checkSize(file, limits);
        try (DrivingPictures pictures = new DrivingPictures(file, limits.pixels())) {
            VideoReader reader = pictures.reader();
            if (reader.isCutOff()) {
                throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the driving video is cut off: its end is missing", null);
            }
            checkDuration(reader.statedSeconds().orElse(0), limits);
            FaceTrack track = new FaceTrack(landmarks, framing);
            DoubleStream.Builder seconds = DoubleStream.builder();
            while (pictures.advance()) {
                checkDuration(pictures.seconds(), limits);
                track.look(pictures.rgb(), pictures.width(), pictures.height());
                seconds.add(pictures.seconds());
                listener.looked(track.pictures(), Math.max(reader.frameCount(), 0));
            }
            return of(file, framing, limits, pictures, track, seconds.build().toArray());
        } catch (NoVideoStreamException e) {
            throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the driving video has no video stream", e);
        } catch (TooManyPixelsException e) {
            throw problem(
                    ProblemCode.PAYLOAD_TOO_LARGE,
                    "the driving video has pictures of %,d x %,d = %,d pixels, the limit is %,d",
                    e,
                    e.width(),
                    e.height(),
                    (long) e.width() * e.height(),
                    limits.pixels());
        } catch (FfmpegException e) {
            throw problem(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    "the driving video is damaged or not in a supported format (%s)",
                    e,
                    VideoReader.FORMATS);
        }
    }

    private static DrivingVideo of(
            Path file,
            DrivingFraming framing,
            DrivingLimits limits,
            DrivingPictures pictures,
            FaceTrack track,
            double[] seconds) {
        if (seconds.length == 0) {
            throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the driving video has no pictures", null);
        }
        if (!track.found()) {
            throw problem(
                    ProblemCode.FACE_NOT_FOUND,
                    "no face found in the driving video; %,d pictures were searched",
                    null,
                    seconds.length);
        }
        Size size = new Size(pictures.width(), pictures.height());
        UnaryOperator<byte[]> crop = framing.cropped() || size.width() != size.height()
                ? DrivingCrop.of(track.box(), size)
                : DrivingCrop.whole(size);
        FrameRate rate = Cadence.rate(pictures.reader().frameRate(), seconds);
        return new DrivingVideo(file, limits, rate, Cadence.pictures(rate, seconds), track, crop);
    }

    private static void checkSize(Path file, DrivingLimits limits) {
        try {
            long bytes = Files.size(file);
            if (bytes == 0) {
                throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the driving video is empty", null);
            }
            if (bytes > limits.size().toBytes()) {
                throw problem(
                        ProblemCode.PAYLOAD_TOO_LARGE,
                        "the driving video has %,d bytes, the limit is %,d",
                        null,
                        bytes,
                        limits.size().toBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the driving video", e);
        }
    }

    private static void checkDuration(double seconds, DrivingLimits limits) {
        double limit = limits.duration().toMillis() / 1000.0;
        if (seconds > limit) {
            throw problem(
                    ProblemCode.PAYLOAD_TOO_LARGE,
                    "the driving video is longer than the limit of %s seconds",
                    null,
                    limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit));
        }
    }

    private static ProblemException problem(
            ProblemCode code, String message, @Nullable Throwable cause, Object... arguments) {
        return new ProblemException(code, FIELD, String.format(Locale.ROOT, message, arguments), cause);
    }

    /** Constant; pictures of a variable rate are repeated or left out to keep to their times. */
    public FrameRate frameRate() {
        return rate;
    }

    /** How many frames there are, those before the first face included: they hold the first face. */
    public int frames() {
        return faces.length;
    }

    /** How far eyes and lips are open in a frame. */
    public OpeningRatios ratios(int frame) {
        return ratios.get(faces[frame]);
    }

    /** Decodes the frames, one at a time. */
    public DrivingFrames open() {
        return new CroppedPictures(
                new DrivingPictures(file, limits.pixels()),
                Arrays.stream(faces).map(shown::get).toArray(),
                crop);
    }
}
