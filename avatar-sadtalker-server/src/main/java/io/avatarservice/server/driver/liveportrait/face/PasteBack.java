package io.avatarservice.server.driver.liveportrait.face;

import io.avatarservice.server.driver.FrameBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Lays animated crops back into the portrait that they were cut from. For one thread, which has help of others. */
public final class PasteBack {

    private static final int SIDE = PortraitCrop.SIDE;
    private static final int CHANNELS = 3;
    private static final int FULL = 255;

    /** Rows that are worth another thread. */
    private static final int ROWS_PER_TASK = 64;

    /** How much of a frame is seen for each value of the mask. */
    private static final float[] SEEN = new float[FULL + 1];

    static {
        for (int i = 0; i <= FULL; i++) {
            SEEN[i] = i / 255f;
        }
    }

    private final byte[] portrait;
    private final int width;
    private final int height;
    private final AffineWarp warp;

    /** The rows that frames change, from the first to before the last, and of each the columns, with their mask. */
    private final int top;

    private final int[] lefts;
    private final byte[][] masks;

    /** Buffers that hold the portrait already: only the place of the crop changes from frame to frame. */
    private final BitSet painted = new BitSet();

    /**
     * What all frames of a portrait share.
     *
     * @param portrait {@code height × width × 3} bytes; not copied, not to be changed
     * @param toCrop the map from the portrait to the crop
     */
    public PasteBack(byte[] portrait, int width, int height, Affine toCrop) {
        this.portrait = portrait;
        this.width = width;
        this.height = height;
        Affine back = toCrop.inverted().rounded();
        this.warp = new AffineWarp(back, width, height, CHANNELS);
        AffineWarp maskWarp = new AffineWarp(back, width, height, 1);
        byte[] feather = FeatherMask.pixels();
        int[] starts = new int[height];
        byte[][] rows = new byte[height][];
        byte[] row = new byte[width];
        for (int y = 0; y < height; y++) {
            maskWarp.row(feather, SIDE, SIDE, y, 0, width, row, 0);
            int left = 0;
            while (left < width && row[left] == 0) {
                left++;
            }
            int right = width;
            while (right > left && row[right - 1] == 0) {
                right--;
            }
            starts[y] = left;
            rows[y] = Arrays.copyOfRange(row, left, right);
        }
        int first = 0;
        while (first < height && rows[first].length == 0) {
            first++;
        }
        int end = height;
        while (end > first && rows[end - 1].length == 0) {
            end--;
        }
        this.top = first;
        this.lefts = Arrays.copyOfRange(starts, first, end);
        this.masks = Arrays.copyOfRange(rows, first, end);
    }

    /** Width of what is pasted into, pixels. */
    public int width() {
        return width;
    }

    /** Height of what is pasted into, pixels. */
    public int height() {
        return height;
    }

    /**
     * Writes the portrait with one frame in it.
     *
     * @param frame {@code 512 × 512 × 3} bytes, channels as in the portrait
     * @param target of {@code height × width × 3} bytes. A buffer that comes again has to hold what was written before
     */
    public void paste(byte[] frame, FrameBuffer target) {
        if (!painted.get(target.slot())) {
            target.pixels().put(0, portrait);
            painted.set(target.slot());
        }
        paste(frame, target.pixels());
    }

    private void paste(byte[] frame, ByteBuffer target) {
        PackedPicture packed = new PackedPicture(frame, SIDE, SIDE);
        int tasks = (masks.length + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            byte[] row = new byte[width * CHANNELS];
            for (int i = task * ROWS_PER_TASK; i < Math.min((task + 1) * ROWS_PER_TASK, masks.length); i++) {
                int columns = masks[i].length;
                int from = ((top + i) * width + lefts[i]) * CHANNELS;
                warp.row(packed, top + i, lefts[i], lefts[i] + columns, row, 0);
                blend(row, masks[i], from);
                target.put(from, row, 0, columns * CHANNELS);
            }
        });
    }

    /** Lets the portrait shine through where the mask says so. */
    private void blend(byte[] row, byte[] mask, int from) {
        for (int x = 0; x < mask.length; x++) {
            int value = mask[x] & 0xFF;
            if (value == FULL) {
                continue;
            }
            float seen = SEEN[value];
            for (int i = x * CHANNELS; i < (x + 1) * CHANNELS; i++) {
                // cut, not rounded, as in the reference
                row[i] = (byte) (int) (seen * (row[i] & 0xFF) + (1 - seen) * (portrait[from + i] & 0xFF));
            }
        }
    }
}
