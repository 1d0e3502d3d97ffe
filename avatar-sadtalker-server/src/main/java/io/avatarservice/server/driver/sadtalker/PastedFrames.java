package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.Box;
import io.avatarservice.server.driver.sadtalker.face.EvenPadding;
import io.avatarservice.server.driver.sadtalker.face.SourceRegion;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.torch.BatchRunner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The video shows the whole picture; what is animated is blended into its place. */
final class PastedFrames implements FrameFinisher {

    private static final int CHANNELS = 3;
    private static final int LARGEST_BATCH = 16;

    /** Memory that blending takes per pixel of the box: a dozen float32 maps of three channels at its widest. */
    private static final long BYTES_PER_PIXEL = 12L * CHANNELS * Float.BYTES;

    private final Networks networks;
    private final BatchRunner batches;
    private final Size picture;
    private final byte[] background;
    private final Box box;
    private final byte[] destination;
    private final BilinearResizer toShape;
    private final BilinearResizer toBox;
    private final byte[] shaped;

    /** Buffers that hold the background already: only the box changes from frame to frame. */
    private final BitSet painted = new BitSet();

    PastedFrames(Networks networks, Picture portrait, SourceRegion region) {
        this.networks = networks;
        picture = new Size(portrait.width(), portrait.height());
        background = new byte[picture.even().width() * picture.even().height() * CHANNELS];
        EvenPadding.pad(portrait.bgr(), picture, CHANNELS, background);
        box = region.pasteBox();
        destination = inside(portrait, box);
        long bytes = BYTES_PER_PIXEL * box.width() * box.height();
        batches = new BatchRunner(networks.runtime(), networks.runtime().batchSize(bytes, LARGEST_BATCH));
        Size square = new Size(networks.size(), networks.size());
        Size frame = region.frameSize(networks.size());
        toShape = new BilinearResizer(square, frame, CHANNELS);
        toBox = new BilinearResizer(frame, box.size(), CHANNELS);
        shaped = new byte[frame.width() * frame.height() * CHANNELS];
    }

    static byte[] inside(Picture picture, Box box) {
        int row = box.width() * CHANNELS;
        byte[] pixels = new byte[row * box.height()];
        for (int y = 0; y < box.height(); y++) {
            int from = ((box.top() + y) * picture.width() + box.left()) * CHANNELS;
            System.arraycopy(picture.bgr(), from, pixels, y * row, row);
        }
        return pixels;
    }

    /** A copy of the picture with the patch in its place. */
    static byte[] over(Picture picture, byte[] patch, Box box) {
        byte[] pixels = picture.bgr().clone();
        int row = box.width() * CHANNELS;
        for (int y = 0; y < box.height(); y++) {
            int to = ((box.top() + y) * picture.width() + box.left()) * CHANNELS;
            System.arraycopy(patch, y * row, pixels, to, row);
        }
        return pixels;
    }

    @Override
    public Size size() {
        return picture.even();
    }

    @Override
    public List<byte[]> prepare(List<byte[]> frames) {
        List<byte[]> blended = new ArrayList<>();
        batches.run(
                frames.stream().map(this::fit).toList(),
                (batch, wanted) -> networks.paste(batch, destination, box.size()),
                blended::add);
        return blended;
    }

    /** Two steps, as in the reference: frames get their proportions back, and then the size that they have in the picture. */
    private byte[] fit(byte[] square) {
        byte[] fitted = new byte[destination.length];
        toShape.resize(square, shaped);
        toBox.resize(shaped, fitted);
        return fitted;
    }

    @Override
    public void write(byte[] prepared, FrameBuffer target) {
        ByteBuffer pixels = target.pixels();
        if (!painted.get(target.slot())) {
            pixels.put(0, background);
            painted.set(target.slot());
        }
        int row = box.width() * CHANNELS;
        for (int y = 0; y < box.height(); y++) {
            int to = ((box.top() + y) * size().width() + box.left()) * CHANNELS;
            pixels.put(to, prepared, y * row, row);
        }
    }
}
