package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.RenderedVideo;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.driver.facevid2vid.NetworkFailures;
import io.avatarservice.server.driver.liveportrait.driving.DrivingLimits;
import io.avatarservice.server.driver.liveportrait.face.LandmarkFinder;
import io.avatarservice.server.driver.liveportrait.testsupport.DrivingClips;
import io.avatarservice.server.driver.sadtalker.testsupport.TinyCheckpoints;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.TestMediaProperties;
import io.avatarservice.server.support.Clip;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelCatalog;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.model.TestModels;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.InstallLog;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ProgramInstaller;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The whole pipeline from checkpoint files to frames, with tiny networks on the CPU. */
final class TinyLivePortrait implements AutoCloseable {

    private final Path folder;
    private final TinyCheckpoints checkpoints;
    private final TorchRuntime runtime;
    private final NetworkLoader loader;
    private final LivePortraitNetworks networks;
    private final LandmarkFinder landmarks;
    private final LivePortraitDriver driver;

    TinyLivePortrait(Path folder, String precision) {
        this(folder, precision, Map.of());
    }

    /** {@code media} overrides limits, by their names below {@code avatar.media}. */
    TinyLivePortrait(Path folder, String precision, Map<String, String> media) {
        this.folder = folder;
        runtime = new TorchRuntime(new TorchProperties("cpu", precision, 1, 0.6, null));
        Path models = folder.resolve("models");
        checkpoints = new TinyCheckpoints(models, CheckpointFormat.ZIP_PICKLE).writeLivePortrait();
        Path cache = folder.resolve("cache");
        FileFingerprints fingerprints = new FileFingerprints(cache);
        ModelStore store = new ModelStore(
                ModelCatalog.official(),
                TestModels.properties(models, Map.of("avatar.models.verify", "off")),
                fingerprints);
        loader = new NetworkLoader(
                runtime,
                TinyCheckpoints::library,
                new ProgramInstaller(cache),
                CheckpointSources.published(store, fingerprints),
                new InstallLog());
        networks = new LivePortraitNetworks(loader);
        landmarks = new LandmarkFinder(() -> store.require(Model.LIVEPORTRAIT_LANDMARKS));
        driver = new LivePortraitDriver(
                store,
                networks,
                new NetworkFailures(store, runtime),
                landmarks,
                DrivingLimits.of(TestMediaProperties.with(media)));
    }

    LivePortraitDriver driver() {
        return driver;
    }

    LivePortraitNetworks networks() {
        return networks;
    }

    TinyCheckpoints checkpoints() {
        return checkpoints;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The sample portrait follows a video. */
    Clip render(Path drivingVideo, Map<String, ?> options) {
        Clip clip = new Clip();
        render(drivingVideo, options, clip);
        return clip;
    }

    void render(Path drivingVideo, Map<String, ?> options, FrameSink sink) {
        driver.render(new RenderRequest(portrait(), null, drivingVideo, driver.options(options), Map.of()), sink);
    }

    /** From files to file. */
    RenderedVideo renderFile(Path drivingVideo, @Nullable Path audio, Map<String, ?> options) {
        MediaProperties media = TestMediaProperties.defaults();
        return new TalkingHeadRenderer(new PictureReader(media), new AudioReader(media), media)
                .render(
                        driver,
                        driver.options(options),
                        new RenderFiles(DrivingClips.PORTRAIT, audio, drivingVideo, Map.of()),
                        folder.resolve("video.mp4"),
                        new Patient());
    }

    static Picture portrait() {
        return new PictureReader(TestMediaProperties.defaults()).read(DrivingClips.PORTRAIT);
    }

    @Override
    public void close() {
        landmarks.close();
        loader.close();
        runtime.close();
    }

    /** Neither watches nor cancels. */
    private static final class Patient implements RenderListener {

        @Override
        public void stage(RenderStage stage) {}

        @Override
        public void frames(int done, int total) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
