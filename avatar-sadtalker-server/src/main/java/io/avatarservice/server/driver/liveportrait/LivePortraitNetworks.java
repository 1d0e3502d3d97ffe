package io.avatarservice.server.driver.liveportrait;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProgram;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.NetworkLoader;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LivePortrait's networks. Each is loaded at its first use. */
final class LivePortraitNetworks implements CorrectionNetworks, FrameNetworks {

    private static final Logger log = LoggerFactory.getLogger(LivePortraitNetworks.class);

    /** Side of the frames, pixels; there are no weights for others. */
    static final int SIZE = 512;

    private final NetworkLoader loader;
    /** Whether half precision has failed. */
    private final AtomicBoolean distrusted = new AtomicBoolean();

    LivePortraitNetworks(NetworkLoader loader) {
        this.loader = loader;
    }

    @Override
    public TorchRuntime runtime() {
        return loader.runtime();
    }

    @Override
    public Precision precision() {
        return distrusted.get() ? Precision.FLOAT32 : runtime().precision();
    }

    @Override
    public Precision distrust(Precision precision) {
        if (distrusted.compareAndSet(false, true)) {
            log.warn(
                    "LivePortrait's first frames in {} on {} are not pictures: its networks compute in {} from now on",
                    precision.shortName(),
                    runtime().deviceName(),
                    Precision.FLOAT32.shortName());
        }
        return Precision.FLOAT32;
    }

    @Override
    public NDArray appearance(NDManager scope, Precision precision, FloatTensor image) {
        return onlyFirst(program("lp-appearance", precision), scope, new NDList(array(scope, image)));
    }

    @Override
    public NDArray render(
            NDManager scope, Precision precision, NDArray appearance, FloatTensor source, FloatTensor driving) {
        NDArray warped = onlyFirst(
                program("lp-warp", precision),
                scope,
                new NDList(appearance, array(scope, source), array(scope, driving)));
        NDArray frames = onlyFirst(program("lp-decode", precision), scope, new NDList(warped));
        warped.close();
        return frames;
    }

    /** Runs a network whose other outputs are not needed: they do not stay on the device. */
    private static NDArray onlyFirst(TorchProgram program, NDManager scope, NDList inputs) {
        NDList outputs = program.run(scope, inputs);
        outputs.subNDList(1).close();
        return outputs.get(0);
    }

    /** The appearance {@code [1, 32, 16, 64, 64]} of a portrait {@code [1, 3, 256, 256]}, 0 to 1. */
    FloatTensor appearance(FloatTensor image) {
        return run("lp-appearance", image).get(0);
    }

    /** Faces {@code [B, 3, 256, 256]}, 0 to 1, to keypoints, pose and expression. */
    FaceMotion motion(FloatTensor image) {
        List<FloatTensor> outputs = run("lp-motion", image);
        return new FaceMotion(
                outputs.get(0),
                outputs.get(1),
                outputs.get(2),
                outputs.get(3),
                outputs.get(4),
                outputs.get(5),
                outputs.get(6));
    }

    /**
     * The appearance, moved: what the decoder reads, how much of it is visible, and where it came from.
     *
     * @param appearance {@code [1, 32, 16, 64, 64]}
     * @param source keypoints {@code [1, 21, 3]}
     * @param driving keypoints {@code [B, 21, 3]}
     * @return {@code [B, 256, 64, 64]}, {@code [B, 1, 64, 64]}, {@code [B, 16, 64, 64, 3]}
     */
    List<FloatTensor> warp(FloatTensor appearance, FloatTensor source, FloatTensor driving) {
        TorchProgram warp = program("lp-warp");
        try (NDManager scope = warp.newScope()) {
            NDList inputs =
                    new NDList(inPrecision(array(scope, appearance)), array(scope, source), array(scope, driving));
            return warp.run(scope, inputs).stream()
                    .map(LivePortraitNetworks::toHost)
                    .toList();
        }
    }

    /** The frames {@code [B, 3, 512, 512]}, 0 to 1, of moved appearances {@code [B, 256, 64, 64]}. */
    FloatTensor decode(FloatTensor warped) {
        TorchProgram decoder = program("lp-decode");
        try (NDManager scope = decoder.newScope()) {
            NDList inputs = new NDList(inPrecision(array(scope, warped)));
            return toHost(decoder.run(scope, inputs).get(0));
        }
    }

    @Override
    public FloatTensor stitch(FloatTensor source, FloatTensor driving) {
        return run("lp-stitch", source, driving).get(0);
    }

    @Override
    public FloatTensor eyes(FloatTensor source, FloatTensor ratios) {
        return run("lp-eye", source, ratios).get(0);
    }

    @Override
    public FloatTensor lips(FloatTensor source, FloatTensor ratios) {
        return run("lp-lip", source, ratios).get(0);
    }

    private List<FloatTensor> run(String name, FloatTensor... inputs) {
        return program(name).run(inputs);
    }

    private TorchProgram program(String name) {
        return loader.load(name, SIZE);
    }

    private TorchProgram program(String name, Precision precision) {
        return loader.load(name, SIZE, precision);
    }

    private NDArray inPrecision(NDArray array) {
        return array.toType(elementType(loader.runtime().precision()), false);
    }

    private static DataType elementType(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT16 -> DataType.FLOAT16;
            case BFLOAT16 -> DataType.BFLOAT16;
        };
    }

    private static NDArray array(NDManager scope, FloatTensor tensor) {
        return scope.create(tensor.values(), new Shape(tensor.shape()));
    }

    private static FloatTensor toHost(NDArray array) {
        NDArray single = array.toType(DataType.FLOAT32, false);
        return FloatTensor.of(single.toFloatArray(), single.getShape().getShape());
    }
}
