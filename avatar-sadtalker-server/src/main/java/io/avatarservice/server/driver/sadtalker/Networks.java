package io.avatarservice.server.driver.sadtalker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.FaceDetections;
import io.avatarservice.server.driver.sadtalker.motion.CoefficientLayout;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.FrameTensors;
import io.avatarservice.server.torch.TorchProgram;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.network.NetworkLoader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** SadTalker's networks for frames of one size. Each is loaded at its first use. */
final class Networks {

    private final NetworkLoader loader;
    private final int size;

    Networks(NetworkLoader loader, int size) {
        this.loader = loader;
        this.size = size;
    }

    /** Side of the renderer's frames, pixels. */
    int size() {
        return size;
    }

    TorchRuntime runtime() {
        return loader.runtime();
    }

    /** The detector's raw outputs for {@code [1, 3, H, W]}, 0 to 255: {@code loc}, {@code conf}, {@code landmarks}. */
    List<FloatTensor> detections(FloatTensor image) {
        return run("retinaface", image);
    }

    /** The faces in {@code [1, 3, H, W]}, 0 to 255. */
    FaceDetections faces(FloatTensor image) {
        List<FloatTensor> raw = detections(image);
        return FaceDetections.of(
                raw.get(0),
                raw.get(1),
                raw.get(2),
                new Size(image.size(3), image.size(2)),
                FaceDetections.SCORE_THRESHOLD);
    }

    /** The landmark heatmaps {@code [1, 98, 64, 64]} of a face {@code [1, 3, 256, 256]}. */
    FloatTensor heatmaps(FloatTensor crop) {
        return run("fan", crop).get(0);
    }

    /** The 257 coefficients of each face {@code [B, 3, 224, 224]}. */
    FloatTensor coefficients(FloatTensor image) {
        return run("recon", image).get(0);
    }

    /** The expressions {@code [N, 64]}. */
    FloatTensor expressions(FloatTensor windows, FloatTensor reference, FloatTensor blink) {
        return run("audio2exp", windows, reference, blink).get(0);
    }

    /** What the pose decoder reads of the speech, {@code [N, 512]}. */
    FloatTensor embeddings(FloatTensor windows) {
        return run("pose-encoder", windows).get(0);
    }

    /** The pose motions {@code [B, 32, 6]}. */
    FloatTensor motions(FloatTensor reference, FloatTensor latents, int style, FloatTensor embeddings) {
        TorchProgram decoder = program("pose-decoder");
        try (NDManager scope = decoder.newScope()) {
            long[] styles = new long[latents.size(0)];
            Arrays.fill(styles, style);
            NDList inputs = new NDList(
                    array(scope, reference), array(scope, latents), scope.create(styles), array(scope, embeddings));
            NDArray motion = decoder.run(scope, inputs).get(0);
            return FloatTensor.of(motion.toFloatArray(), motion.getShape().getShape());
        }
    }

    /** What the renderer is told of the head in each window {@code [B, 70 or 73, 27]}. */
    MappedMotion map(FloatTensor windows) {
        List<FloatTensor> outputs =
                run(windows.size(1) == CoefficientLayout.FULL_ROW ? "mapping-73" : "mapping-70", windows);
        return new MappedMotion(outputs.get(0), outputs.get(1), outputs.get(2), outputs.get(3), outputs.get(4));
    }

    /** The canonical keypoints {@code [1, 15, 3]} of a face {@code [1, 3, S, S]}, 0 to 1. */
    FloatTensor keypoints(FloatTensor image) {
        return run("keypoints", image).get(0);
    }

    /** What the renderer needs of the source image, computed once; stays on the device, in {@code scope}. */
    NDList encode(NDManager scope, FloatTensor image) {
        NDArray input = array(scope, image);
        return program("generator-encode").run(scope, new NDList(input));
    }

    /**
     * Frames {@code [B, 3, S, S]}, 0 to 1, on the device.
     *
     * @param encoded from {@link #encode}
     * @param source keypoints {@code [1, 15, 3]}
     * @param driving keypoints {@code [B, 15, 3]}
     */
    NDArray render(NDManager scope, NDList encoded, FloatTensor source, FloatTensor driving) {
        NDList inputs = new NDList(encoded);
        inputs.add(array(scope, source));
        inputs.add(array(scope, driving));
        return program("generator-render").run(scope, inputs).get(0);
    }

    /** As {@link #render}, copied to the host as float32. */
    FloatTensor renderToHost(NDManager scope, NDList encoded, FloatTensor source, FloatTensor driving) {
        NDArray frames = render(scope, encoded, source, driving).toType(DataType.FLOAT32, false);
        return FloatTensor.of(frames.toFloatArray(), frames.getShape().getShape());
    }

    /**
     * Blends frames into a picture so that no seam shows.
     *
     * @param frames {@code [B, height, width, 3]} bytes
     * @param destination {@code [height, width, 3]} bytes of the picture
     * @return the blended frames, one array each
     */
    List<byte[]> paste(List<byte[]> frames, byte[] destination, Size size) {
        TorchProgram paste = program("paste");
        int bytes = destination.length;
        try (NDManager scope = paste.newScope()) {
            ByteBuffer packed = ByteBuffer.allocate(Math.multiplyExact(frames.size(), bytes));
            frames.forEach(packed::put);
            NDArray batch = FrameTensors.fromHost(scope, packed.flip(), frames.size(), size.height(), size.width());
            NDArray picture = scope.create(
                    ByteBuffer.wrap(destination), new Shape(size.height(), size.width(), 3), DataType.UINT8);
            NDArray patches = paste.run(scope, new NDList(batch, picture)).get(0);
            return FrameTensors.unpack(patches, frames.size());
        }
    }

    private List<FloatTensor> run(String name, FloatTensor... inputs) {
        return program(name).run(inputs);
    }

    private TorchProgram program(String name) {
        return loader.load(name, size);
    }

    private static NDArray array(NDManager scope, FloatTensor tensor) {
        return scope.create(
                tensor.values(),
                new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray()));
    }
}
