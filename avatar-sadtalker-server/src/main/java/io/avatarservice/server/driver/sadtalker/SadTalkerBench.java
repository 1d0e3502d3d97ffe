package io.avatarservice.server.driver.sadtalker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.avatarservice.server.driver.facevid2vid.BenchNoise;
import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.facevid2vid.FrameQueue;
import io.avatarservice.server.driver.facevid2vid.StageTime;
import io.avatarservice.server.driver.facevid2vid.StageTimer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.audio.MelSpectrogram;
import io.avatarservice.server.driver.sadtalker.audio.SampleSource;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.face.SourceRegion;
import io.avatarservice.server.driver.sadtalker.motion.CameraPath;
import io.avatarservice.server.driver.sadtalker.motion.CoefficientLayout;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.driver.sadtalker.motion.PoseBlocks;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.FrameTensors;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProgram;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.InstallListener;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures the pipeline from decoded inputs to finished frames, stage by stage. Runs the very code that renders, on made-up
 * inputs, and needs neither media libraries nor Spring.
 */
public final class SadTalkerBench implements AutoCloseable {

    /** The name of the stage that takes nearly all of the time. */
    public static final String RENDER = "render";

    /** Frames of the speech whose motion is worked out: 4 s, more than one piece of each audio network. */
    private static final int SPEECH_FRAMES = 100;

    private static final int SPEECH_SECONDS = SPEECH_FRAMES / 25;
    private static final int SAMPLE_RATE = 16_000;
    private static final int CHANNELS = 3;
    private static final int KEYPOINTS = 15;

    /** A face as large as it often is in a portrait. */
    private static final Size PASTED = new Size(400, 400);

    /** Multiply-adds of one 256-pixel frame in the reference's generator; ours needs fewer for the same frame. */
    private static final double REFERENCE_WORK = 601.6e9;

    /** Large enough that a datacentre GPU is busy with it for milliseconds. */
    private static final int MATRIX = 8192;

    private final TorchRuntime runtime;
    private final ProgramLibrary library;
    private final NetworkLoader loader;
    private final Networks networks;
    private final Settings settings;
    private final BenchNoise noise = new BenchNoise();

    /**
     * @param runtime runs the networks; not closed
     * @param listener hears of networks that are installed
     */
    public SadTalkerBench(
            TorchRuntime runtime,
            ProgramLibrary library,
            ProgramInstaller installer,
            CheckpointSources checkpoints,
            InstallListener listener,
            Settings settings) {
        this.runtime = runtime;
        this.library = library;
        this.settings = settings;
        loader = new NetworkLoader(runtime, () -> library, installer, checkpoints, listener);
        networks = new Networks(loader, settings.size());
    }

    /**
     * What is measured.
     *
     * @param size side of the renderer's frames, 256 or 512
     * @param batches how many frames are rendered at once, one measurement for each
     * @param frames how many are rendered for each measurement, in whole batches
     */
    public record Settings(int size, List<Integer> batches, int frames) {

        public Settings {
            batches = List.copyOf(batches);
            if (batches.isEmpty() || batches.stream().anyMatch(batch -> batch < 1)) {
                throw new IllegalArgumentException("a batch has at least one frame, got " + batches);
            }
            if (frames < 1) {
                throw new IllegalArgumentException("at least one frame has to be rendered, got " + frames);
            }
        }

        int runs(int batch) {
            return (frames + batch - 1) / batch;
        }
    }

    /** Installs and loads every network, so that nothing of that is in the times. */
    public void prepare() {
        library.names().stream()
                .filter(name -> !name.startsWith("lp-")) // LivePortrait's
                .forEach(name -> loader.load(name, settings.size()));
    }

    /** Measures each stage by itself. */
    public void stages(Consumer<StageTime> times) {
        FloatTensor photo = noise.floats(255, 1, CHANNELS, 512, 512);
        times.accept(StageTimer.small("detect (512x512)", "images", 1, () -> networks.detections(photo)));
        FloatTensor face = noise.floats(1, 1, CHANNELS, 256, 256);
        times.accept(StageTimer.small("landmarks", "images", 1, () -> networks.heatmaps(face)));
        FloatTensor aligned = noise.floats(1, 1, CHANNELS, 224, 224);
        times.accept(StageTimer.small("coefficients", "images", 1, () -> networks.coefficients(aligned)));
        speech(times);
        FloatTensor image = image();
        times.accept(StageTimer.small("keypoints", "images", 1, () -> networks.keypoints(image)));
        try (NDManager clip = runtime.newScope()) {
            NDList encoded = networks.encode(clip, image);
            times.accept(StageTimer.small("encode", "images", 1, () -> encode(image)));
            settings.batches().forEach(batch -> perBatch(encoded, batch, times));
        }
    }

    private void speech(Consumer<StageTime> times) {
        float[] pcm = noise.floats(0.3F, (long) SPEECH_SECONDS * SAMPLE_RATE).values();
        times.accept(StageTimer.small(
                "mel", "seconds of audio", SPEECH_SECONDS, () -> MelSpectrogram.of(SampleSource.of(pcm))));
        SpeechWindows windows = SpeechWindows.of(MelSpectrogram.of(SampleSource.of(pcm)));
        int frames = windows.frames();
        SpeechNetworks audio = new SpeechNetworks(networks);
        FloatTensor reference = noise.floats(1, frames, CoefficientLayout.EXPRESSION);
        FloatTensor blink = noise.floats(1, frames, 1);
        times.accept(
                StageTimer.small("audio2exp", "frames", frames, () -> audio.expressions(windows, reference, blink)));
        FloatTensor pose = noise.floats(0.1F, 1, CoefficientLayout.POSE);
        FloatTensor latents = noise.floats(1, PoseBlocks.of(frames).blocks().size(), 64);
        times.accept(StageTimer.small("audio2pose", "frames", frames, () -> audio.poses(windows, pose, 0, latents)));
    }

    private void perBatch(NDList encoded, int batch, Consumer<StageTime> times) {
        FloatTensor rows = noise.floats(0.3F, batch, CoefficientLayout.FULL_ROW, Coefficients.WINDOW);
        times.accept(
                StageTimer.time("mapping", batch, "frames", StageTimer.SMALL_RUNS, batch, () -> networks.map(rows)));
        FloatTensor source = noise.floats(0.5F, 1, KEYPOINTS, 3);
        FloatTensor driving = noise.floats(0.5F, batch, KEYPOINTS, 3);
        times.accept(StageTimer.time(RENDER, batch, "frames", settings.runs(batch), batch, () -> {
            try (NDManager scope = runtime.newScope()) {
                StageTimer.await(networks.render(scope, encoded, source, driving));
            }
        }));
        int side = settings.size();
        try (NDManager scope = runtime.newScope()) {
            NDArray frames = scope.create(new Shape(batch, CHANNELS, side, side), type(runtime.precision()));
            times.accept(StageTimer.time("frames to bytes", batch, "frames", StageTimer.SMALL_RUNS, batch, () -> {
                try (NDArray pixels = FrameTensors.toPixels(frames)) {
                    FrameTensors.unpack(pixels, batch);
                }
            }));
        }
        FrameFinisher finisher = pasting();
        List<byte[]> squares = Collections.nCopies(batch, noise.bytes(side * side * CHANNELS));
        times.accept(StageTimer.time(
                "paste (400x400)", batch, "frames", StageTimer.SMALL_RUNS, batch, () -> finisher.prepare(squares)));
    }

    /**
     * Measures the whole chain, from samples and a face's coefficients to pasted frames: batches of the size that the driver
     * would choose, the next one rendered while one is pasted.
     */
    public StageTime chain() {
        FrameRenderer renderer = new FrameRenderer(networks);
        int batch = renderer.batchSize();
        int frames = settings.runs(batch) * batch;
        float[] pcm = noise.floats(0.3F, (long) frames * SAMPLE_RATE / 25).values();
        float[] row = noise.floats(0.1F, CoefficientLayout.FULL_ROW).values();
        RgbImage square = new RgbImage(
                settings.size(), settings.size(), noise.bytes(settings.size() * settings.size() * CHANNELS));
        FrameFinisher finisher = pasting();
        Duration whole = StageTimer.timed(() -> chain(renderer, batch, square, row, pcm, finisher));
        return new StageTime("whole chain", batch, frames, "frames", whole, whole);
    }

    private void chain(
            FrameRenderer renderer, int batch, RgbImage square, float[] row, float[] pcm, FrameFinisher finisher) {
        SpeechWindows windows = SpeechWindows.of(MelSpectrogram.of(SampleSource.of(pcm)));
        SadTalkerOptions options =
                SadTalkerOptions.of(SadTalkerOptions.parse(settings.size(), Map.of("preprocess", "full", "seed", 0L)));
        Coefficients coefficients =
                new MotionPlanner(new SpeechNetworks(networks)).plan(row, windows, ReferenceMotion.NONE, options);
        try (FrameQueue queue =
                new FrameQueue(batch, taker -> renderer.render(square, coefficients, CameraPath.FREE, taker))) {
            List<byte[]> next = queue.take(batch);
            while (!next.isEmpty()) {
                finisher.prepare(next);
                next = queue.take(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Times another implementation of the renderer beside ours, in turns, so that both see the same load of the machine.
     *
     * @param archive TorchScript: image {@code [B, 3, S, S]}, source and driving keypoints {@code [B, 15, 3]} give frames, or a
     *     list or tuple that begins with them
     * @return the other's time and ours
     */
    public List<StageTime> beside(Path archive, int batch) {
        TorchProgram other = runtime.load("reference", archive);
        try (NDManager clip = runtime.newScope()) {
            FloatTensor source = noise.floats(0.5F, 1, KEYPOINTS, 3);
            FloatTensor driving = noise.floats(0.5F, batch, KEYPOINTS, 3);
            FloatTensor image = image();
            NDList encoded = networks.encode(clip, image);
            FloatTensor images = image.repeated(batch);
            FloatTensor sources = source.repeated(batch);
            Runnable theirs = () -> runToEnd(other, images, sources, driving);
            Runnable ours = () -> {
                try (NDManager scope = runtime.newScope()) {
                    StageTimer.await(networks.render(scope, encoded, source, driving));
                }
            };
            Duration theirFirst = StageTimer.timed(theirs);
            Duration ourFirst = StageTimer.timed(ours);
            List<Duration> theirTimes = new ArrayList<>();
            List<Duration> ourTimes = new ArrayList<>();
            for (int run = 0; run < settings.runs(batch); run++) {
                theirTimes.add(StageTimer.timed(theirs));
                ourTimes.add(StageTimer.timed(ours));
            }
            return List.of(
                    new StageTime("reference", batch, batch, "frames", theirFirst, Collections.min(theirTimes)),
                    new StageTime(RENDER, batch, batch, "frames", ourFirst, Collections.min(ourTimes)));
        } finally {
            other.close();
        }
    }

    private void runToEnd(TorchProgram program, FloatTensor... inputs) {
        try (NDManager scope = program.newScope()) {
            NDList arrays = new NDList();
            for (FloatTensor input : inputs) {
                arrays.add(scope.create(
                        input.values(),
                        new Shape(input.shape().stream()
                                .mapToLong(Long::longValue)
                                .toArray())));
            }
            StageTimer.await(program.run(scope, arrays).get(0));
        }
    }

    /** The multiply-adds per second that the device does in one large matrix product, in the renderer's element type. */
    public double matrixSpeed() {
        try (NDManager scope = runtime.newScope()) {
            NDArray matrix =
                    scope.randomUniform(-1, 1, new Shape(MATRIX, MATRIX)).toType(type(runtime.precision()), false);
            StageTime time = StageTimer.time("matrix product", 1, "multiply-adds", 5, Math.pow(MATRIX, 3), () -> {
                try (NDArray product = matrix.matMul(matrix)) {
                    StageTimer.await(product);
                }
            });
            return time.perSecond();
        }
    }

    /** The reference's multiply-adds for the frames that were rendered in one second. */
    public double work(StageTime render) {
        double scale = settings.size() / 256.0;
        return REFERENCE_WORK * scale * scale * render.perSecond();
    }

    @Override
    public void close() {
        loader.close();
    }

    private void encode(FloatTensor image) {
        try (NDManager scope = runtime.newScope()) {
            StageTimer.await(networks.encode(scope, image).get(0));
        }
    }

    private FrameFinisher pasting() {
        byte[] pixels = noise.bytes(PASTED.width() * PASTED.height() * CHANNELS);
        return new PastedFrames(
                networks, new Picture(PASTED.width(), PASTED.height(), pixels), SourceRegion.whole(PASTED));
    }

    private FloatTensor image() {
        return noise.floats(1, 1, CHANNELS, settings.size(), settings.size());
    }

    private static DataType type(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT16 -> DataType.FLOAT16;
            case BFLOAT16 -> DataType.BFLOAT16;
        };
    }
}
