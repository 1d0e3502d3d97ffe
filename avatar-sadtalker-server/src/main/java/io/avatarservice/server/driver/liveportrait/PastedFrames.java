package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.liveportrait.face.PasteBack;
import io.avatarservice.server.driver.picture.Size;
import java.util.List;

/** The video shows the whole portrait; what is animated is laid over its place. */
final class PastedFrames implements FrameFinisher {

    private final PasteBack portrait;

    PastedFrames(PasteBack portrait) {
        this.portrait = portrait;
    }

    @Override
    public Size size() {
        return new Size(portrait.width(), portrait.height());
    }

    @Override
    public List<byte[]> prepare(List<byte[]> frames) {
        return frames;
    }

    @Override
    public void write(byte[] prepared, FrameBuffer target) {
        portrait.paste(prepared, target);
    }
}
