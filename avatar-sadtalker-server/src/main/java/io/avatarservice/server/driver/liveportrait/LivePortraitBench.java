package io.avatarservice.server.driver.liveportrait;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.facevid2vid.BenchNoise;
import io.avatarservice.server.driver.facevid2vid.FrameQueue;
import io.avatarservice.server.driver.facevid2vid.StageTime;
import io.avatarservice.server.driver.facevid2vid.StageTimer;
import io.avatarservice.server.driver.liveportrait.driving.DrivingFrames;
import io.avatarservice.server.driver.liveportrait.face.Affine;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.face.PasteBack;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.FrameTensors;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.InstallListener;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the pipeline from cropped driving frames to finished ones, stage by stage. Runs the very code that renders, on
 * made-up inputs, and needs neither media libraries nor Spring; so the landmark network, which OpenCV runs, is not in it.
 */
public final class LivePortraitBench implements AutoCloseable {

    /** The stage in which warping and decoding are measured together. */
    public static final String RENDER = "warp and decode";

    /** The stage whose time is the sum of all networks that run for each frame. */
    public static final String MODEL = "all networks";

    private static final int CHANNELS = 3;
    private static final int POINTS = 21;

    /** Side of the portrait that is pasted into, pixels. */
    private static final int PORTRAIT = 1280;

    private final TorchRuntime runtime;
    private final ProgramLibrary library;
    private final NetworkLoader loader;
    private final LivePortraitNetworks networks;
    private final List<Integer> batches;
    private final int frames;
    private final BenchNoise noise = new BenchNoise();

    /**
     * @param runtime runs the networks; not closed
     * @param listener hears of networks that are installed
     * @param batches how many frames are rendered at once, one measurement for each
     * @param frames how many are rendered for each measurement, in whole batches
     */
    public LivePortraitBench(
            TorchRuntime runtime,
            ProgramLibrary library,
            ProgramInstaller installer,
            CheckpointSources checkpoints,
            InstallListener listener,
            List<Integer> batches,
            int frames) {
        if (batches.isEmpty() || batches.stream().anyMatch(batch -> batch < 1)) {
            throw new IllegalArgumentException("a batch has at least one frame, got " + batches);
        }
        if (frames < 1) {
            throw new IllegalArgumentException("at least one frame has to be rendered, got " + frames);
        }
        this.runtime = runtime;
        this.library = library;
        this.batches = List.copyOf(batches);
        this.frames = frames;
        loader = new NetworkLoader(runtime, () -> library, installer, checkpoints, listener);
        networks = new LivePortraitNetworks(loader);
    }

    /** Installs and loads every network, so that nothing of that is in the times. */
    public void prepare() {
        library.names().stream()
                .filter(name -> name.startsWith("lp-"))
                .forEach(name -> loader.load(name, LivePortraitNetworks.SIZE));
    }

    /** Measures each stage by itself. */
    public void stages(Consumer<StageTime> times) {
        FloatTensor image = FaceImages.tensor(face());
        try (NDManager clip = runtime.newScope()) {
            Precision precision = networks.precision();
            times.accept(StageTimer.small("appearance", "images", 1, () -> {
                try (NDManager scope = runtime.newScope()) {
                    StageTimer.await(networks.appearance(scope, precision, image));
                }
            }));
            NDArray appearance = networks.appearance(clip, precision, image);
            batches.forEach(batch -> perBatch(appearance, image, batch, times));
        }
        times.accept(pasting());
    }

    private void perBatch(NDArray appearance, FloatTensor image, int batch, Consumer<StageTime> times) {
        FloatTensor faces = image.repeated(batch);
        StageTime motion =
                StageTimer.time("motion", batch, "frames", StageTimer.SMALL_RUNS, batch, () -> networks.motion(faces));
        times.accept(motion);
        SourceFace source = source(image);
        List<HeadMotion> heads = Collections.nCopies(batch, source.motion());
        List<OpeningRatios> ratios = Collections.nCopies(batch, source.ratios());
        KeypointDriver driver = driver(source);
        StageTime keypoints = StageTimer.time(
                "keypoints, stitched",
                batch,
                "frames",
                StageTimer.SMALL_RUNS,
                batch,
                () -> driver.keypoints(heads, ratios));
        times.accept(keypoints);
        FloatTensor driving = noise.floats(0.5F, batch, POINTS, 3);
        StageTime render = StageTimer.time(RENDER, batch, "frames", runs(batch), batch, () -> {
            try (NDManager scope = runtime.newScope()) {
                StageTimer.await(networks.render(scope, networks.precision(), appearance, source.keypoints(), driving));
            }
        });
        times.accept(render);
        times.accept(new StageTime(
                MODEL,
                batch,
                batch,
                "frames",
                motion.first().plus(keypoints.first()).plus(render.first()),
                motion.best().plus(keypoints.best()).plus(render.best())));
        try (NDManager scope = runtime.newScope()) {
            NDArray rendered = networks.render(scope, networks.precision(), appearance, source.keypoints(), driving);
            times.accept(StageTimer.time("frames to bytes", batch, "frames", StageTimer.SMALL_RUNS, batch, () -> {
                try (NDArray pixels = FrameTensors.toPixelsCut(rendered)) {
                    FrameTensors.unpack(pixels, batch);
                }
            }));
        }
    }

    private StageTime pasting() {
        PasteBack portrait = portrait();
        FrameBuffer target = target(portrait);
        byte[] frame = noise.bytes(LivePortraitNetworks.SIZE * LivePortraitNetworks.SIZE * CHANNELS);
        return StageTimer.small("paste (1280x1280)", "frames", 1, () -> portrait.paste(frame, target));
    }

    /**
     * Measures the whole chain, from cropped driving frames to pasted ones: batches of the size that the driver would choose,
     * the next one rendered while one is pasted.
     */
    public StageTime chain() {
        FrameRenderer renderer = new FrameRenderer(networks);
        int batch = renderer.batchSize();
        int count = runs(batch) * batch;
        SourceFace source = source(FaceImages.tensor(face()));
        KeypointDriver driver = driver(source);
        ExtractedMotion motion = new ExtractedMotion(networks, driving(count), batch);
        PasteBack portrait = portrait();
        FrameBuffer target = target(portrait);
        Duration whole = StageTimer.timed(() -> {
            try (FrameQueue queue = new FrameQueue(
                    batch, taker -> renderer.render(source, most -> keypoints(driver, source, motion, most), taker))) {
                for (List<byte[]> next = queue.take(batch); !next.isEmpty(); next = queue.take(batch)) {
                    next.forEach(frame -> portrait.paste(frame, target));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
        return new StageTime("whole chain", batch, count, "frames", whole, whole);
    }

    private static List<FloatTensor> keypoints(
            KeypointDriver driver, SourceFace source, DrivingMotion motion, int most) {
        List<HeadMotion> heads = motion.next(most);
        if (heads.isEmpty()) {
            return List.of();
        }
        FloatTensor keypoints = driver.keypoints(heads, Collections.nCopies(heads.size(), source.ratios()));
        return IntStream.range(0, heads.size())
                .mapToObj(frame -> keypoints.rows(frame, frame + 1))
                .toList();
    }

    @Override
    public void close() {
        loader.close();
    }

    private int runs(int batch) {
        return (frames + batch - 1) / batch;
    }

    private SourceFace source(FloatTensor image) {
        return SourceFace.of(image, networks.motion(image), new OpeningRatios(0.3F, 0.3F, 0.1F));
    }

    private KeypointDriver driver(SourceFace source) {
        return new KeypointDriver(networks, source, LivePortraitOptions.of(LivePortraitOptions.parse(Map.of())));
    }

    private byte[] face() {
        return noise.bytes(FaceImages.SIDE * FaceImages.SIDE * CHANNELS);
    }

    private DrivingFrames driving(int count) {
        byte[] face = face();
        int[] left = {count};
        return new DrivingFrames() {
            @Override
            public byte @Nullable [] next() {
                return left[0]-- > 0 ? face : null;
            }

            @Override
            public void close() {}
        };
    }

    /** A face that takes up a quarter of its portrait. */
    private PasteBack portrait() {
        double zoom = 2.0 * LivePortraitNetworks.SIZE / PORTRAIT;
        return new PasteBack(
                noise.bytes(PORTRAIT * PORTRAIT * CHANNELS),
                PORTRAIT,
                PORTRAIT,
                new Affine(zoom, 0, -LivePortraitNetworks.SIZE / 2.0, 0, zoom, -LivePortraitNetworks.SIZE / 2.0));
    }

    private static FrameBuffer target(PasteBack portrait) {
        return new FrameBuffer(0, ByteBuffer.allocateDirect(portrait.width() * portrait.height() * CHANNELS));
    }
}
