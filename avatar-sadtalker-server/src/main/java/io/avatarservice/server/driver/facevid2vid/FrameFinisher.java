package io.avatarservice.server.driver.facevid2vid;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.picture.Size;
import java.util.List;

/** Brings the renderer's square frames into the video's shape. For one thread. */
public interface FrameFinisher {

    /** The size of the video; even. */
    Size size();

    /** Prepares some frames at once: {@code S × S × 3} bytes each. */
    List<byte[]> prepare(List<byte[]> frames);

    /** Writes one prepared frame into a buffer of the video's size. */
    void write(byte[] prepared, FrameBuffer target);
}
