package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.facevid2vid.FrameFlow;
import io.avatarservice.server.driver.facevid2vid.NetworkFailures;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.audio.MelSpectrogram;
import io.avatarservice.server.driver.sadtalker.face.GivenLandmarks;
import io.avatarservice.server.driver.sadtalker.face.Landmarks;
import io.avatarservice.server.driver.sadtalker.face.Pictures;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.motion.CameraPath;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.network.NetworkLoader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SadTalker pipeline with the official checkpoints. */
final class SadTalkerDriver implements TalkingHeadDriver {

    static final String NAME = "sadtalker";

    private static final int FRAME_RATE = 25;

    private final SadTalkerReadiness readiness;
    private final NetworkLoader loader;
    private final NetworkFailures failures;

    SadTalkerDriver(SadTalkerReadiness readiness, NetworkLoader loader, NetworkFailures failures) {
        this.readiness = readiness;
        this.loader = loader;
        this.failures = failures;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DriverDescription describe() {
        int size = readiness.defaultSize();
        List<String> missing = readiness.missing();
        return new DriverDescription(
                NAME,
                "SadTalker's networks, from its official checkpoints.",
                missing.isEmpty(),
                missing,
                missing.isEmpty() ? null : SadTalkerReadiness.remedy(size),
                readiness.device(),
                MotionSource.SPEECH,
                size,
                SadTalkerOptions.descriptions(size));
    }

    @Override
    public RenderOptions options(Map<String, ?> requested) {
        RenderOptions options = SadTalkerOptions.parse(readiness.defaultSize(), requested);
        readiness.require(SadTalkerOptions.of(options));
        return options;
    }

    @Override
    public void render(RenderRequest request, FrameSink sink) {
        SadTalkerOptions options = SadTalkerOptions.of(request.options());
        Networks networks = new Networks(loader, options.size());
        failures.explaining(() -> render(request, options, networks, sink));
    }

    private static void render(RenderRequest request, SadTalkerOptions options, Networks networks, FrameSink sink) {
        Picture portrait = request.portrait();
        RgbImage picture = Pictures.toRgb(portrait);
        FaceAnalyzer analyzer = new FaceAnalyzer(networks);
        SourceFace face =
                analyzer.analyze(picture, options.preprocess(), options.size(), landmarks(options, picture.size()));
        MelSpectrogram mel = SpeechReader.read(request.requireSpeech());
        ReferenceMotion references =
                new ReferenceVideos(analyzer).read(request.videos(), options.preprocess(), mel.frames());
        Coefficients coefficients = new MotionPlanner(new SpeechNetworks(networks))
                .plan(face.row(), SpeechWindows.of(mel), references, options);
        FrameFinisher finisher = options.preprocess().pastedBack()
                ? new PastedFrames(networks, portrait, face.region())
                : new CroppedFrames(face.square().size(), face.region().frameSize(options.size()));
        sink.open(new VideoFormat(finisher.size().width(), finisher.size().height(), FRAME_RATE, mel.frames()));
        CameraPath camera = options.cameraPath(mel.frames());
        FrameRenderer renderer = new FrameRenderer(networks);
        FrameFlow.run(
                renderer.batchSize(),
                frames -> renderer.render(face.square(), coefficients, camera, frames),
                finisher,
                sink);
    }

    private static @Nullable Landmarks landmarks(SadTalkerOptions options, Size picture) {
        String text = options.landmarks();
        if (text == null) {
            return null;
        }
        try {
            return GivenLandmarks.parse(text, picture);
        } catch (ProblemException e) {
            throw e.withField("options." + SadTalkerOptions.LANDMARKS);
        }
    }
}
