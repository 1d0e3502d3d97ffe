package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.EvenPadding;
import java.util.List;

/** The video shows what is animated, in the proportions that it had in the picture. */
final class CroppedFrames implements FrameFinisher {

    private static final int CHANNELS = 3;

    private final Size frame;
    private final BilinearResizer resizer;
    private final byte[] resized;

    /**
     * For one clip.
     *
     * @param square the size of the renderer's frames
     * @param frame the size of the finished ones before they are padded to even sides
     */
    CroppedFrames(Size square, Size frame) {
        this.frame = frame;
        resizer = new BilinearResizer(square, frame, CHANNELS);
        resized = new byte[frame.width() * frame.height() * CHANNELS];
    }

    @Override
    public Size size() {
        return frame.even();
    }

    @Override
    public List<byte[]> prepare(List<byte[]> frames) {
        return frames.stream().map(this::finish).toList();
    }

    private byte[] finish(byte[] square) {
        byte[] finished = new byte[size().width() * size().height() * CHANNELS];
        resizer.resize(square, resized);
        EvenPadding.pad(resized, frame, CHANNELS, finished);
        return finished;
    }

    @Override
    public void write(byte[] prepared, FrameBuffer target) {
        target.pixels().put(0, prepared);
    }
}
