package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.RenderCancelledException;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.driver.sadtalker.audio.MelSpectrogram;
import io.avatarservice.server.driver.sadtalker.face.GivenLandmarks;
import io.avatarservice.server.driver.sadtalker.face.Landmarks;
import io.avatarservice.server.driver.sadtalker.face.Pictures;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.face.Size;
import io.avatarservice.server.driver.sadtalker.motion.CameraPath;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.DeviceUnavailableException;
import io.avatarservice.server.torch.OutOfDeviceMemoryException;
import io.avatarservice.server.torch.checkpoint.CheckpointException;
import io.avatarservice.server.torch.model.ModelException;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.InstallationException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SadTalker pipeline with the official checkpoints. */
final class SadTalkerDriver implements TalkingHeadDriver {

    static final String NAME = "sadtalker";

    private static final Logger log = LoggerFactory.getLogger(SadTalkerDriver.class);

    private static final int FRAME_RATE = 25;

    private final SadTalkerReadiness readiness;
    private final NetworkLoader loader;

    SadTalkerDriver(SadTalkerReadiness readiness, NetworkLoader loader) {
        this.readiness = readiness;
        this.loader = loader;
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
        try {
            render(request, options, networks, sink);
        } catch (ModelException | CheckpointException e) {
            log.warn("The checkpoints cannot be used: {}", e.getMessage());
            throw new ProblemException(ProblemCode.DRIVER_NOT_READY, "driver", readiness.explain(e), e);
        } catch (InstallationException e) {
            log.error("The networks cannot be installed: {}", e.getMessage());
            throw new ProblemException(
                    ProblemCode.DRIVER_NOT_READY,
                    "driver",
                    "the networks cannot be written to the model cache; the server's log says why",
                    e);
        } catch (DeviceUnavailableException e) {
            log.error("The device cannot be used: {}", e.getMessage());
            throw new ProblemException(
                    ProblemCode.DRIVER_NOT_READY, "driver", "PyTorch cannot be used: " + e.getMessage(), e);
        } catch (OutOfDeviceMemoryException e) {
            log.warn("Out of memory: {}", e.getMessage());
            throw new ProblemException(
                    ProblemCode.RENDER_FAILED,
                    null,
                    "out of memory on " + networks.runtime().deviceName() + "; a smaller picture needs less",
                    e);
        }
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
        yieldFrames(networks, face, coefficients, options.cameraPath(mel.frames()), finisher, sink);
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

    /** The device renders a batch while the one before is finished and encoded. */
    private static void yieldFrames(
            Networks networks,
            SourceFace face,
            Coefficients coefficients,
            CameraPath camera,
            FrameFinisher finisher,
            FrameSink sink) {
        FrameRenderer renderer = new FrameRenderer(networks);
        int batch = renderer.batchSize();
        try (FrameQueue frames =
                new FrameQueue(batch, taker -> renderer.render(face.square(), coefficients, camera, taker))) {
            List<byte[]> next = frames.take(batch);
            while (!next.isEmpty()) {
                for (byte[] prepared : finisher.prepare(next)) {
                    FrameBuffer frame = sink.borrow();
                    finisher.write(prepared, frame);
                    sink.publish(frame);
                }
                next = frames.take(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RenderCancelledException();
        }
    }
}
