package io.avatarservice.server.driver.sadtalker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.avatarservice.server.driver.sadtalker.face.ChannelOrder;
import io.avatarservice.server.driver.sadtalker.face.PixelScale;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.motion.CameraPath;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.torch.BatchRunner;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.FrameTensors;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Renders the frames of one clip, in batches as large as the device's memory allows. */
final class FrameRenderer {

    /** Beyond it a datacentre GPU gains nothing. */
    private static final int LARGEST_BATCH = 16;

    /**
     * Memory that a frame takes, per pixel of the frame: the widest maps of the decoder and of the dense motion network.
     * Measured at 256 pixels in float32 for a single frame (564 MiB); each further one in a batch takes two thirds of that.
     */
    private static final long BYTES_PER_PIXEL = 9_000;

    private final Networks networks;
    private final int largestBatch;

    FrameRenderer(Networks networks) {
        this(networks, LARGEST_BATCH);
    }

    FrameRenderer(Networks networks, int largestBatch) {
        this.networks = networks;
        this.largestBatch = largestBatch;
    }

    /** How many frames are rendered at once, from what the device reports now. */
    int batchSize() {
        return networks.runtime().batchSize(BYTES_PER_PIXEL * networks.size() * networks.size(), largestBatch);
    }

    /**
     * Renders the clip.
     *
     * @param square the source image, as large as the frames
     * @param frames takes each frame, in order: {@code S × S × 3} bytes, blue, green, red per pixel
     */
    void render(RgbImage square, Coefficients coefficients, CameraPath camera, Consumer<byte[]> frames) {
        FloatTensor image = square.toTensor(ChannelOrder.RGB, PixelScale.MULTIPLIED);
        FloatTensor canonical = networks.keypoints(image);
        FloatTensor source = networks.map(coefficients.source()).applyTo(canonical);
        try (NDManager clip = networks.runtime().newScope()) {
            NDList encoded = networks.encode(clip, image);
            List<Integer> indices =
                    IntStream.range(0, coefficients.frames()).boxed().toList();
            new BatchRunner(networks.runtime(), batchSize())
                    .run(
                            indices,
                            (part, wanted) -> {
                                int from = part.get(0);
                                FloatTensor driving = driving(coefficients, canonical, camera, from, wanted)
                                        .padded(part.size());
                                return pixels(clip, encoded, source, driving, wanted);
                            },
                            frames);
        }
    }

    private FloatTensor driving(
            Coefficients coefficients, FloatTensor canonical, CameraPath camera, int from, int count) {
        return networks.map(coefficients.targets(from, from + count)).applyTo(canonical, camera, from);
    }

    private List<byte[]> pixels(NDManager clip, NDList encoded, FloatTensor source, FloatTensor driving, int wanted) {
        try (NDManager scope = clip.newSubManager()) {
            NDArray frames = networks.render(scope, encoded, source, driving);
            return FrameTensors.unpack(FrameTensors.toPixels(frames), wanted);
        }
    }
}
