package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.facevid2vid.NetworkFailures;
import io.avatarservice.server.driver.sadtalker.face.Landmarks;
import io.avatarservice.server.driver.sadtalker.face.TemplateFace;
import io.avatarservice.server.driver.sadtalker.testsupport.TinyCheckpoints;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.TestMediaProperties;
import io.avatarservice.server.support.Clip;
import io.avatarservice.server.support.TestMedia;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.model.ModelCatalog;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.model.TestModels;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.InstallLog;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ProgramInstaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The whole pipeline from checkpoint files to frames, with tiny networks on the CPU. */
final class TinyPipeline implements AutoCloseable {

    static final Path PORTRAIT = Path.of("../samples/media/portrait.png");

    /** Seconds that fill one frame. */
    static final double ONE_FRAME = 0.04;

    private final Path folder;
    private final TinyCheckpoints checkpoints;
    private final TorchRuntime runtime;
    private final NetworkLoader loader;
    private final SadTalkerDriver driver;

    /** Writes the checkpoints, in one format, below {@code folder}. */
    TinyPipeline(Path folder, CheckpointFormat format) {
        this(folder, format, "cpu");
    }

    TinyPipeline(Path folder, CheckpointFormat format, String device) {
        this.folder = folder;
        runtime = new TorchRuntime(new TorchProperties(device, "f32", 1, 0.6, null));
        checkpoints = new TinyCheckpoints(folder.resolve("models"), format).write();
        Path cache = folder.resolve("cache");
        FileFingerprints fingerprints = new FileFingerprints(cache);
        ModelStore store = new ModelStore(
                ModelCatalog.official(),
                TestModels.properties(folder.resolve("models"), Map.of("avatar.models.verify", "off")),
                fingerprints);
        loader = new NetworkLoader(
                runtime,
                TinyCheckpoints::library,
                new ProgramInstaller(cache),
                CheckpointSources.published(store, fingerprints),
                new InstallLog());
        driver = new SadTalkerDriver(
                new SadTalkerReadiness(store, runtime), loader, new NetworkFailures(store, runtime));
    }

    TorchRuntime runtime() {
        return runtime;
    }

    SadTalkerDriver driver() {
        return driver;
    }

    TinyCheckpoints checkpoints() {
        return checkpoints;
    }

    Networks networks(int size) {
        return new Networks(loader, size);
    }

    /** The sample portrait speaks for one frame; its landmarks are given. */
    Clip render(Map<String, ?> options) {
        return render(options, ONE_FRAME);
    }

    /** The sample portrait speaks; its landmarks are given. */
    Clip render(Map<String, ?> options, double seconds) {
        Clip clip = new Clip();
        driver.render(request(portrait(), withLandmarks(options), seconds), clip);
        return clip;
    }

    /** Any portrait, for one frame. */
    void render(Picture portrait, Map<String, ?> options, FrameSink sink) {
        driver.render(request(portrait, options, ONE_FRAME), sink);
    }

    RenderRequest request(Picture portrait, Map<String, ?> options, double seconds) {
        RenderOptions checked = driver.options(options);
        Path audio = write("speech.wav", TestMedia.wav(seconds));
        return new RenderRequest(
                portrait, new AudioReader(TestMediaProperties.defaults()).open(audio), checked, Map.of());
    }

    Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 512×512. */
    static Picture portrait() {
        return new PictureReader(TestMediaProperties.defaults()).read(PORTRAIT);
    }

    /** The options with the landmarks of the sample portrait, a seed and a weak expression where they have none. */
    static Map<String, Object> withLandmarks(Map<String, ?> options) {
        return withLandmarks(options, TemplateFace.landmarks(56, 4, 224, 118));
    }

    static Map<String, Object> withLandmarks(Map<String, ?> options, Landmarks landmarks) {
        StringBuilder text = new StringBuilder();
        for (int point = 0; point < Landmarks.POINTS; point++) {
            text.append(landmarks.x(point))
                    .append(' ')
                    .append(landmarks.y(point))
                    .append('\n');
        }
        Map<String, Object> all = new HashMap<>(options);
        all.putIfAbsent("seed", 1);
        // the expressions of made-up weights are so strong that they would carry the face out of its frame
        all.putIfAbsent("expression_scale", 0.01);
        all.put("landmarks", text.toString());
        return all;
    }

    @Override
    public void close() {
        loader.close();
        runtime.close();
    }
}
