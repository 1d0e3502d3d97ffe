package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.picture.Size;
import java.util.List;

/** The video shows what is animated, as it comes. */
final class SquareFrames implements FrameFinisher {

    private static final Size SIZE = new Size(LivePortraitNetworks.SIZE, LivePortraitNetworks.SIZE);

    @Override
    public Size size() {
        return SIZE;
    }

    @Override
    public List<byte[]> prepare(List<byte[]> frames) {
        return frames;
    }

    @Override
    public void write(byte[] prepared, FrameBuffer target) {
        target.pixels().put(0, prepared);
    }
}
