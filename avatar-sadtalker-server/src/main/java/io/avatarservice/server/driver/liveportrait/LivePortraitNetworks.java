package io.avatarservice.server.driver.liveportrait;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProgram;
import io.avatarservice.server.torch.network.NetworkLoader;
import java.util.List;

/** LivePortrait's networks. Each is loaded at its first use. */
final class LivePortraitNetworks {

    /** Side of the frames, pixels; there are no weights for others. */
    private static final int SIZE = 512;

    private final NetworkLoader loader;

    LivePortraitNetworks(NetworkLoader loader) {
        this.loader = loader;
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

    /** Driving keypoints {@code [B, 21, 3]}, moved so that the face fits into the picture around it. */
    FloatTensor stitch(FloatTensor source, FloatTensor driving) {
        return run("lp-stitch", source, driving).get(0);
    }

    /**
     * What opens or closes the eyes.
     *
     * @param source keypoints {@code [1, 21, 3]}
     * @param ratios {@code [B, 3]}: of the source's left and right eye, and the wanted one
     * @return offsets of the keypoints {@code [B, 21, 3]}
     */
    FloatTensor eyes(FloatTensor source, FloatTensor ratios) {
        return run("lp-eye", source, ratios).get(0);
    }

    /**
     * What opens or closes the lips.
     *
     * @param source keypoints {@code [1, 21, 3]}
     * @param ratios {@code [B, 2]}: of the source's lips, and the wanted one
     * @return offsets of the keypoints {@code [B, 21, 3]}
     */
    FloatTensor lips(FloatTensor source, FloatTensor ratios) {
        return run("lp-lip", source, ratios).get(0);
    }

    private List<FloatTensor> run(String name, FloatTensor... inputs) {
        return program(name).run(inputs);
    }

    private TorchProgram program(String name) {
        return loader.load(name, SIZE);
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
