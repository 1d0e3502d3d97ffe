package io.avatarservice.server.driver;

import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Runs one render from files to file: reads the inputs, lets a driver yield the frames and encodes them as they come.
 * Safe for use by several threads.
 */
public final class TalkingHeadRenderer {

    private final PictureReader pictures;
    private final AudioReader audio;
    private final MediaProperties properties;

    public TalkingHeadRenderer(PictureReader pictures, AudioReader audio, MediaProperties properties) {
        this.pictures = pictures;
        this.audio = audio;
        this.properties = properties;
    }

    /**
     * Renders a video. Blocks until it is complete; on any failure nothing is left in its place.
     *
     * @param driver the engine
     * @param options its checked options
     * @param files what is read
     * @param output where the MP4 goes; an older one is replaced in one step at the end
     * @param listener is told of the progress and may cancel
     * @throws ProblemException where an input is at fault, or with {@code RENDER_FAILED} where something else is
     * @throws RenderCancelledException when the listener cancelled, or the thread was interrupted
     */
    public RenderedVideo render(
            TalkingHeadDriver driver, RenderOptions options, RenderFiles files, Path output, RenderListener listener) {
        StageClock clock = new StageClock(RenderStage.ANALYZING, System::nanoTime);
        listener.stage(RenderStage.ANALYZING);
        Picture picture = pictures.read(files.portrait());
        AudioClip speech = files.speech() == null ? null : audio.open(files.speech());
        AudioClip sound = speech != null ? speech : soundOf(files.drivingVideo());
        RenderRequest request = new RenderRequest(picture, speech, files.drivingVideo(), options, files.videos());
        VideoFormat format;
        try (EncodingSink sink = new EncodingSink(output, sound, properties.videoQuantizer(), listener, clock)) {
            format = yieldFrames(driver, request, sink);
        }
        try {
            // the sound of a driven video is as long as its pictures
            double seconds = speech == null || files.drivingVideo() != null
                    ? format.frameRate().seconds(format.frameCount())
                    : speech.seconds();
            return new RenderedVideo(output, format, seconds, Files.size(output), clock.timings());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the finished video", e);
        }
    }

    private @Nullable AudioClip soundOf(@Nullable Path drivingVideo) {
        return drivingVideo == null ? null : audio.openIfPresent(drivingVideo).orElse(null);
    }

    private static VideoFormat yieldFrames(TalkingHeadDriver driver, RenderRequest request, EncodingSink sink) {
        try {
            driver.render(request, sink);
            return sink.finish();
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw explain(driver, sink, e);
        }
    }

    /** The encoder's failure comes first: it is what made the driver stop. */
    private static RuntimeException explain(TalkingHeadDriver driver, EncodingSink sink, RuntimeException failure) {
        try {
            sink.rethrowFailure();
        } catch (EncodingException e) {
            return new ProblemException(ProblemCode.RENDER_FAILED, null, "the video could not be encoded", e);
        }
        return failure instanceof RenderCancelledException
                ? failure
                : new ProblemException(
                        ProblemCode.RENDER_FAILED,
                        null,
                        "the driver '%s' failed to render".formatted(driver.name()),
                        failure);
    }
}
