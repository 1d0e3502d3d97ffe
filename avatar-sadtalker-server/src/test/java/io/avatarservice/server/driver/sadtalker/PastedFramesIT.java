package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.Box;
import io.avatarservice.server.driver.sadtalker.face.SourceRegion;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the picture around the face, in a picture with odd sides. */
class PastedFramesIT {

    private static final Size PICTURE = new Size(71, 53);
    private static final Box FACE = new Box(20, 10, 51, 41);

    private static TinyPipeline pipeline;

    @BeforeAll
    static void start(@TempDir Path folder) {
        pipeline = new TinyPipeline(folder, CheckpointFormat.SAFETENSORS);
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    void thePictureIsPaddedToEvenSidesWithItsLastPixels() {
        PastedFrames frames = frames();

        byte[] pixels = written(frames, 90);

        assertThat(frames.size()).isEqualTo(new Size(72, 54));
        for (int x = 0; x < 72; x++) {
            assertThat(pixel(pixels, x, 53)).as("column %d", x).isEqualTo(pixel(pixels, x, 52));
        }
        for (int y = 0; y < 54; y++) {
            assertThat(pixel(pixels, 71, y)).as("row %d", y).isEqualTo(pixel(pixels, 70, y));
        }
    }

    @Test
    void nothingChangesOutsideOfTheFace() {
        byte[] pixels = written(frames(), 90);

        for (int y = 0; y < PICTURE.height(); y++) {
            for (int x = 0; x < PICTURE.width(); x++) {
                boolean face = x >= FACE.left() && x < FACE.right() && y >= FACE.top() && y < FACE.bottom();
                if (!face) {
                    assertThat(pixel(pixels, x, y)).as("%d, %d", x, y).isEqualTo(shade(x, y));
                }
            }
        }
    }

    @Test
    void anEvenFrameLeavesNoSeam() {
        byte[] pixels = written(frames(), 90);

        // What a Poisson solution of a frame without edges shows is the picture's border, spread evenly.
        for (int x = FACE.left(); x < FACE.right(); x++) {
            assertThat(Math.abs(pixel(pixels, x, FACE.top())[0] - pixel(pixels, x, FACE.top() - 1)[0]))
                    .as("column %d", x)
                    .isLessThanOrEqualTo(6);
        }
    }

    @Test
    void aBufferThatComesBackShowsTheNextFrame() {
        PastedFrames frames = frames();
        byte[] pixels = new byte[72 * 54 * 3];
        FrameBuffer buffer = new FrameBuffer(0, ByteBuffer.wrap(pixels));
        byte[] checked = checkered();

        frames.write(frames.prepare(List.of(checked)).get(0), buffer);
        byte[] first = pixels.clone();
        frames.write(frames.prepare(List.of(even(90))).get(0), buffer);

        assertThat(pixels).isNotEqualTo(first).isEqualTo(written(frames(), 90));
    }

    private static PastedFrames frames() {
        byte[] bgr = new byte[PICTURE.width() * PICTURE.height() * 3];
        for (int y = 0; y < PICTURE.height(); y++) {
            for (int x = 0; x < PICTURE.width(); x++) {
                System.arraycopy(shade(x, y), 0, bgr, (y * PICTURE.width() + x) * 3, 3);
            }
        }
        return new PastedFrames(
                pipeline.networks(256),
                new Picture(PICTURE.width(), PICTURE.height(), bgr),
                new SourceRegion(PICTURE, PICTURE, FACE, FACE.size()));
    }

    private static byte[] written(PastedFrames frames, int level) {
        byte[] pixels = new byte[72 * 54 * 3];
        frames.write(frames.prepare(List.of(even(level))).get(0), new FrameBuffer(0, ByteBuffer.wrap(pixels)));
        return pixels;
    }

    private static byte[] even(int level) {
        byte[] frame = new byte[256 * 256 * 3];
        Arrays.fill(frame, (byte) level);
        return frame;
    }

    private static byte[] checkered() {
        byte[] frame = new byte[256 * 256 * 3];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) ((i / (32 * 3) + i / (32 * 256 * 3)) % 2 == 0 ? 30 : 120);
        }
        return frame;
    }

    private static byte[] shade(int x, int y) {
        return new byte[] {(byte) (20 + x), (byte) (30 + y), (byte) (40 + (x + y) / 2)};
    }

    private static byte[] pixel(byte[] pixels, int x, int y) {
        int at = (y * 72 + x) * 3;
        return Arrays.copyOfRange(pixels, at, at + 3);
    }
}
