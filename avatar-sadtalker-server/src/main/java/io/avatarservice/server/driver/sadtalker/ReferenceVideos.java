package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.face.Pictures;
import io.avatarservice.server.driver.sadtalker.face.Preprocess;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.face.SourceRegion;
import io.avatarservice.server.driver.sadtalker.motion.ReferenceVideoRows;
import io.avatarservice.server.media.FfmpegException;
import io.avatarservice.server.media.VideoReader;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the motion that reference videos show. One frame is in memory at a time. */
final class ReferenceVideos {

    /** Reference videos are looked at in this size whatever the renderer's: the reference's rule. */
    private static final int SIDE = 256;

    private static final int FRAME_RATE = 25;

    private final FaceAnalyzer faces;

    ReferenceVideos(FaceAnalyzer faces) {
        this.faces = faces;
    }

    /**
     * The motion of the videos of a request.
     *
     * @param files by the option's name
     * @param frames of the clip: longer videos are not read to their end
     * @throws ProblemException {@code UNSUPPORTED_MEDIA} or {@code FACE_NOT_FOUND}, with the option as field
     */
    ReferenceMotion read(Map<String, Path> files, Preprocess preprocess, int frames) {
        FloatTensor pose = read(files, SadTalkerOptions.POSE_VIDEO, preprocess, frames);
        boolean same = files.containsKey(SadTalkerOptions.POSE_VIDEO)
                && files.get(SadTalkerOptions.POSE_VIDEO).equals(files.get(SadTalkerOptions.BLINK_VIDEO));
        return new ReferenceMotion(pose, same ? pose : read(files, SadTalkerOptions.BLINK_VIDEO, preprocess, frames));
    }

    private @Nullable FloatTensor read(Map<String, Path> files, String option, Preprocess preprocess, int frames) {
        Path file = files.get(option);
        if (file == null) {
            return null;
        }
        try {
            return rows(file, preprocess, frames);
        } catch (FfmpegException e) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    "options." + option,
                    "the %s is damaged or not in a supported format (MP4, MOV, WebM, Matroska, AVI)".formatted(option),
                    e);
        } catch (ProblemException e) {
            throw e.withField("options." + option);
        }
    }

    private FloatTensor rows(Path file, Preprocess preprocess, int frames) {
        List<FloatTensor> rows = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        double needed = (double) frames / FRAME_RATE;
        try (VideoReader video = new VideoReader(file)) {
            SourceRegion region = null;
            while (video.advance() && (rows.isEmpty() || video.seconds() <= needed)) {
                if (!rows.isEmpty() && video.seconds() <= seconds.get(seconds.size() - 1)) {
                    continue; // a clock that stands still, or a picture out of order, says nothing new
                }
                RgbImage picture = Pictures.toRgb(video.picture());
                if (region == null) {
                    region = faces.region(picture, preprocess, null);
                }
                float[] row = faces.coefficients(region.square(picture, SIDE), region, null);
                rows.add(FloatTensor.of(row, 1, row.length));
                seconds.add(video.seconds());
            }
        }
        if (rows.isEmpty()) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA, "video", "the video has no pictures");
        }
        return ReferenceVideoRows.resample(
                FloatTensor.concatenated(rows),
                seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
