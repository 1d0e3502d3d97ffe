package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.network.InstallLog;
import io.avatarservice.server.torch.network.NetworkLoader;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is done with frames that are no pictures, as half precision yields them on some devices. */
class FrameRendererIT {

    private static final FloatTensor POINTS = FloatTensor.of(new float[63], 1, 21, 3);
    private static final FloatTensor NUMBERS = FloatTensor.of(new float[63], 1, 63);
    private static final SourceFace SOURCE = new SourceFace(
            FloatTensor.of(new float[12], 1, 3, 2, 2),
            NUMBERS,
            new HeadMotion(
                    FloatTensor.of(new float[9], 1, 3, 3),
                    NUMBERS,
                    FloatTensor.of(new float[1], 1, 1),
                    FloatTensor.of(new float[3], 1, 3)),
            new OpeningRatios(0, 0, 0),
            POINTS);

    private static TorchRuntime runtime;

    @BeforeAll
    static void start() {
        runtime = new TorchRuntime(new TorchProperties("cpu", "f16", 1, 0.6, null));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0})
    void framesThatAreNoPicturesAreRenderedAgainInSinglePrecision(float color) {
        Painter painter = new Painter(color);

        List<byte[]> frames = render(painter);

        assertThat(painter.log)
                .containsExactly(
                        "appearance FLOAT16",
                        "frame FLOAT16",
                        "distrust FLOAT16",
                        "appearance FLOAT32",
                        "frame FLOAT32",
                        "frame FLOAT32");
        // cut, not rounded: 0.999 of white is 254; blue comes first
        assertThat(frames).hasSize(2).allSatisfy(frame -> assertThat(frame).startsWith((byte) 0, (byte) 0, (byte) 254));
    }

    @Test
    void framesThatArePicturesStay() {
        Painter painter = new Painter(0.5F);

        assertThat(render(painter)).hasSize(2);
        assertThat(painter.log).containsExactly("appearance FLOAT16", "frame FLOAT16", "frame FLOAT16");
    }

    @Test
    void thatIsSaidOnce(@TempDir Path cache) {
        Logger logger = (Logger) LoggerFactory.getLogger(LivePortraitNetworks.class);
        ListAppender<ILoggingEvent> warnings = new ListAppender<>();
        warnings.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(warnings);
        ProgramLibrary library = ProgramLibrary.load();
        LivePortraitNetworks networks = new LivePortraitNetworks(new NetworkLoader(
                runtime,
                () -> library,
                new ProgramInstaller(cache),
                CheckpointSources.random(library),
                new InstallLog()));
        assertThat(networks.precision()).isEqualTo(Precision.FLOAT16);

        assertThat(networks.distrust(Precision.FLOAT16)).isEqualTo(Precision.FLOAT32);
        assertThat(networks.distrust(Precision.FLOAT16)).isEqualTo(Precision.FLOAT32);

        assertThat(networks.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(warnings.list).hasSize(1);
        logger.detachAppender(warnings);
    }

    private static List<byte[]> render(Painter painter) {
        List<byte[]> frames = new ArrayList<>();
        List<List<FloatTensor>> keypoints = new ArrayList<>(List.of(List.of(POINTS), List.of(POINTS), List.of()));
        new FrameRenderer(painter).render(SOURCE, most -> keypoints.remove(0), frames::add);
        return frames;
    }

    /** Yields frames of two by two pixels: with red in float32, with a color of one's own in half precision. */
    private static final class Painter implements FrameNetworks {

        private final List<String> log = new ArrayList<>();
        private final float color;

        Painter(float color) {
            this.color = color;
        }

        @Override
        public TorchRuntime runtime() {
            return runtime;
        }

        @Override
        public Precision precision() {
            return Precision.FLOAT16;
        }

        @Override
        public Precision distrust(Precision precision) {
            log.add("distrust " + precision);
            return Precision.FLOAT32;
        }

        @Override
        public NDArray appearance(NDManager scope, Precision precision, FloatTensor image) {
            log.add("appearance " + precision);
            return scope.create(image.values(), new Shape(1, 3, 2, 2));
        }

        @Override
        public NDArray render(
                NDManager scope, Precision precision, NDArray appearance, FloatTensor source, FloatTensor driving) {
            log.add("frame " + precision);
            boolean half = precision == Precision.FLOAT16;
            float[] values = new float[12];
            for (int i = 0; i < 4; i++) {
                values[i] = half ? color : 0.999F;
            }
            NDArray frames = scope.create(values, new Shape(1, 3, 2, 2));
            return half ? frames.toType(DataType.FLOAT16, false) : frames;
        }
    }
}
