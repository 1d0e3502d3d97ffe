package io.avatarservice.server.driver.preview;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.OptionDescription;
import io.avatarservice.server.driver.OptionParser;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.driver.face.FaceFinder;
import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.MotionOptions;
import io.avatarservice.server.driver.preview.motion.MotionTrack;
import io.avatarservice.server.driver.preview.motion.SpeechMotion;
import io.avatarservice.server.driver.preview.render.PortraitRenderer;
import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.PcmReader;
import io.avatarservice.server.media.Picture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The embedded default: a talking head on any CPU, without a model to download. The portrait is warped by a mesh of the
 * face; speech moves lips and jaw, and the head follows its rhythm.
 */
final class PreviewDriver implements TalkingHeadDriver {

    private static final String NAME = "preview";
    private static final int ANALYSIS_RATE = SpeechMotion.SAMPLE_RATE;

    private static final List<OptionDescription> OPTIONS = List.of(
            OptionDescription.integer(
                    "seed",
                    null,
                    0,
                    Long.MAX_VALUE,
                    "Seed of blinks and head movement; the same seed gives the same video."),
            OptionDescription.bool("blink", true, "Whether the eyes blink."),
            OptionDescription.bool("still", false, "Whether the head keeps still, so that only the face moves."),
            OptionDescription.decimal("expression_scale", 1, 0, 3, "Strength of mouth and brow movement."));

    private final PreviewProperties properties;
    private final SpeechMotion speechMotion = new SpeechMotion();

    PreviewDriver(PreviewProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DriverDescription describe() {
        return new DriverDescription(
                NAME,
                "Classical computer vision on any CPU; no model download.",
                true,
                List.of(),
                null,
                "cpu",
                MotionSource.SPEECH,
                properties.maxSide(),
                OPTIONS);
    }

    @Override
    public RenderOptions options(Map<String, ?> requested) {
        Map<String, Object> values =
                new HashMap<>(OptionParser.parse(OPTIONS, requested).values());
        values.computeIfAbsent("seed", name -> ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE));
        return new RenderOptions(values);
    }

    @Override
    public void render(RenderRequest request, FrameSink sink) {
        try (PortraitRenderer renderer = prepare(request.portrait())) {
            MotionTrack track = plan(request.requireSpeech(), request.options());
            sink.open(new VideoFormat(renderer.width(), renderer.height(), MotionTrack.FRAME_RATE, track.frameCount()));
            Map<Integer, Mat> views = new HashMap<>();
            try {
                for (int i = 0; i < track.frameCount(); i++) {
                    FrameBuffer frame = sink.borrow();
                    renderer.render(
                            track.at(i),
                            views.computeIfAbsent(frame.slot(), slot -> view(renderer, frame)),
                            frame.pixels());
                    sink.publish(frame);
                }
            } finally {
                views.values().forEach(Mat::close);
            }
        }
    }

    private PortraitRenderer prepare(Picture portrait) {
        Mat scaled = PortraitScaler.scale(portrait, properties.maxSide());
        try (FaceFinder finder = new FaceFinder()) {
            FaceMesh face = finder.find(scaled);
            return new PortraitRenderer(scaled, face);
        } catch (RuntimeException e) {
            scaled.close();
            throw e;
        }
    }

    private MotionTrack plan(AudioClip speech, RenderOptions options) {
        long samples = Math.round(speech.seconds() * ANALYSIS_RATE);
        MotionOptions motion = new MotionOptions(
                options.integer("seed"),
                options.bool("blink"),
                options.bool("still"),
                options.decimal("expression_scale"));
        try (PcmReader reader = speech.openMono(ANALYSIS_RATE)) {
            return speechMotion.plan(reader::read, samples, motion);
        }
    }

    private static Mat view(PortraitRenderer renderer, FrameBuffer frame) {
        return new Mat(renderer.height(), renderer.width(), CV_8UC3, new BytePointer(frame.pixels()));
    }
}
