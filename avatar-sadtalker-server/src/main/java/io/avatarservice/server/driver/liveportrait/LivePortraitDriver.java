package io.avatarservice.server.driver.liveportrait;

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
import io.avatarservice.server.driver.liveportrait.driving.DrivingLimits;
import io.avatarservice.server.driver.liveportrait.driving.DrivingVideo;
import io.avatarservice.server.driver.liveportrait.face.FaceTracker;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelFile;
import io.avatarservice.server.torch.model.ModelStore;
import java.util.List;
import java.util.Map;

/** The LivePortrait pipeline with the official checkpoints: a portrait moves like the face in a driving video. */
final class LivePortraitDriver implements TalkingHeadDriver {

    static final String NAME = "liveportrait";

    private static final String REMEDY = "'models download --driver liveportrait' fetches them";

    private final ModelStore store;
    private final LivePortraitNetworks networks;
    private final NetworkFailures failures;
    private final FaceTracker faces;
    private final DrivingLimits limits;

    LivePortraitDriver(
            ModelStore store,
            LivePortraitNetworks networks,
            NetworkFailures failures,
            FaceTracker faces,
            DrivingLimits limits) {
        this.store = store;
        this.networks = networks;
        this.failures = failures;
        this.faces = faces;
        this.limits = limits;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DriverDescription describe() {
        List<String> missing = store.missing(Model.forLivePortrait()).stream()
                .map(ModelFile::name)
                .toList();
        return new DriverDescription(
                NAME,
                "LivePortrait's networks, from its official checkpoints.",
                missing.isEmpty(),
                missing,
                missing.isEmpty() ? null : REMEDY,
                networks.runtime().deviceName(),
                MotionSource.DRIVING_VIDEO,
                LivePortraitNetworks.SIZE,
                LivePortraitOptions.DESCRIPTIONS);
    }

    @Override
    public RenderOptions options(Map<String, ?> requested) {
        return LivePortraitOptions.parse(requested);
    }

    @Override
    public void render(RenderRequest request, FrameSink sink) {
        failures.explaining(() -> render(request, LivePortraitOptions.of(request.options()), sink));
    }

    private void render(RenderRequest request, LivePortraitOptions options, FrameSink sink) {
        AnalyzedPortrait portrait = new PortraitAnalyzer(networks, faces).analyze(request.portrait(), options);
        DrivingVideo video = DrivingVideo.look(
                request.requireDrivingVideo(),
                options.drivingFraming(),
                limits,
                faces,
                (done, total) -> sink.checkCancelled());
        FrameFinisher finisher = portrait.finisher(options.pastedBack());
        sink.open(
                new VideoFormat(finisher.size().width(), finisher.size().height(), video.frameRate(), video.frames()));
        FrameRenderer renderer = new FrameRenderer(networks);
        int batch = renderer.batchSize();
        FrameFlow.run(
                batch,
                frames -> {
                    try (DrivenKeypoints keypoints =
                            new DrivenKeypoints(networks, portrait.face(), video, options, batch)) {
                        renderer.render(portrait.face(), keypoints::next, frames);
                    }
                },
                finisher,
                sink);
    }
}
