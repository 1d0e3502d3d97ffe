package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.picture.Size;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CroppedFramesTests {

    @Test
    void framesOfTheirOwnSizePassUnchanged() {
        CroppedFrames frames = new CroppedFrames(new Size(4, 4), new Size(4, 4));
        byte[] frame = new byte[4 * 4 * 3];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) (5 * i);
        }

        assertThat(written(frames, frame)).isEqualTo(frame);
    }

    @Test
    void oddSidesArePaddedWithTheLastPixels() {
        CroppedFrames frames = new CroppedFrames(new Size(4, 4), new Size(4, 3));
        byte[] frame = new byte[4 * 4 * 3];
        Arrays.fill(frame, (byte) 200);

        assertThat(frames.size()).isEqualTo(new Size(4, 4));
        assertThat(written(frames, frame)).isEqualTo(frame);
    }

    @Test
    void framesOfOneBatchDoNotShareMemory() {
        CroppedFrames frames = new CroppedFrames(new Size(2, 2), new Size(2, 2));

        List<byte[]> prepared = frames.prepare(List.of(filled(1), filled(2)));

        assertThat(prepared).containsExactly(filled(1), filled(2));
    }

    private static byte[] filled(int value) {
        byte[] frame = new byte[2 * 2 * 3];
        Arrays.fill(frame, (byte) value);
        return frame;
    }

    private static byte[] written(CroppedFrames frames, byte[] frame) {
        byte[] pixels = new byte[frames.size().width() * frames.size().height() * 3];
        frames.write(frames.prepare(List.of(frame)).get(0), new FrameBuffer(0, ByteBuffer.wrap(pixels)));
        return pixels;
    }
}
