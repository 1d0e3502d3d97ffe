package io.avatarservice.server.driver.liveportrait;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.avatarservice.server.torch.BatchRunner;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.FrameTensors;
import io.avatarservice.server.torch.Precision;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Renders the frames of one clip, in batches as large as the device's memory allows. */
final class FrameRenderer {

    /** Beyond it a datacentre GPU gains nothing. */
    private static final int LARGEST_BATCH = 16;

    /**
     * Memory that a frame takes in float32. SadTalker's generator, which is the same but for its keypoints and the last layer, was
     * measured with 590 MB; six more keypoints widen the dense motion network by a tenth.
     */
    private static final long BYTES_PER_FRAME = 650_000_000;

    private final FrameNetworks networks;

    FrameRenderer(FrameNetworks networks) {
        this.networks = networks;
    }

    /** How many frames are rendered at once, from what the device reports now. */
    int batchSize() {
        return networks.runtime().batchSize(BYTES_PER_FRAME, LARGEST_BATCH);
    }

    /**
     * Renders the clip.
     *
     * @param keypoints gives the next driving keypoints {@code [n, 21, 3]}, {@code n} at most as many as it is asked for; with
     *     {@code n} 0 the clip ends
     * @param frames takes each frame, in order: {@code 512 × 512 × 3} bytes, blue, green, red per pixel
     */
    void render(SourceFace source, IntFunction<List<FloatTensor>> keypoints, Consumer<byte[]> frames) {
        BatchRunner batches = new BatchRunner(networks.runtime(), batchSize());
        try (Appearance appearance = new Appearance(source)) {
            for (List<FloatTensor> next = keypoints.apply(batches.batchSize());
                    !next.isEmpty();
                    next = keypoints.apply(batches.batchSize())) {
                batches.run(next, appearance::frames, frames);
            }
        }
    }

    /** The portrait's appearance on the device. */
    private final class Appearance implements AutoCloseable {

        private final SourceFace source;
        private final NDManager clip = networks.runtime().newScope();
        private Precision precision = networks.precision();
        private NDArray volume;
        private boolean trusted;

        Appearance(SourceFace source) {
            this.source = source;
            this.volume = volume();
        }

        private NDArray volume() {
            return networks.appearance(clip, precision, source.image());
        }

        List<byte[]> frames(List<FloatTensor> keypoints, int wanted) {
            FloatTensor driving = FloatTensor.concatenated(keypoints);
            while (true) {
                try (NDManager scope = clip.newSubManager()) {
                    NDArray frames = networks.render(scope, precision, volume, source.keypoints(), driving);
                    if (trusts(frames)) {
                        return FrameTensors.unpack(FrameTensors.toPixelsCut(frames), wanted);
                    }
                }
                precision = networks.distrust(precision);
                volume.close();
                volume = volume();
            }
        }

        /** The first batch shows whether this device can do half precision with these weights. */
        private boolean trusts(NDArray frames) {
            trusted = trusted || precision == Precision.FLOAT32 || FrameTensors.showSomething(frames);
            return trusted;
        }

        @Override
        public void close() {
            clip.close();
        }
    }
}
