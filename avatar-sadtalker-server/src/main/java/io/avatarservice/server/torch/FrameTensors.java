package io.avatarservice.server.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/** Turns what networks call frames into pixels on the device, and moves pixels to and from it. Pixels are [B, height, width, 3] bytes in BGR order. */
public final class FrameTensors {

    private static final int CHANNELS = 3;
    private static final float WHITE = 255;

    private FrameTensors() {}

    /**
     * Rounds frames to pixels, half to even; what lies outside 0 to 1 becomes black or full.
     *
     * @param frames [B, 3, height, width] in RGB order, 0 to 1, of any floating-point type
     * @return [B, height, width, 3] uint8 in BGR order, dense, in the scope of {@code frames}
     */
    public static NDArray toPixels(NDArray frames) {
        return toPixels(frames, NDArray::round);
    }

    /** The same, but cut to whole numbers instead of rounded: LivePortrait's way. */
    public static NDArray toPixelsCut(NDArray frames) {
        return toPixels(frames, NDArray::floor);
    }

    private static NDArray toPixels(NDArray frames, UnaryOperator<NDArray> whole) {
        Shape shape = frames.getShape();
        Shape pixels = new Shape(shape.get(0), shape.get(2), shape.get(3), CHANNELS);
        try (NDManager scope = frames.getManager().newSubManager()) {
            // Its own handle, so that all that is made from it lies in the scope; the memory may be that of the frames.
            NDArray single = frames.toType(DataType.FLOAT32, true);
            single.attach(scope);
            NDArray bytes = whole.apply(single.mul(WHITE)).clip(0, WHITE).toType(DataType.UINT8, false);
            // Flattening writes the channels out in their new order while they are still on the device.
            NDArray dense = bytes.flip(1).transpose(0, 2, 3, 1).reshape(-1).reshape(pixels);
            dense.attach(frames.getManager());
            return dense;
        }
    }

    /**
     * Copies pixels to the host; waits for the device.
     *
     * @param pixels dense uint8
     * @param target receives all elements from its position on, which advances
     */
    public static void copy(NDArray pixels, ByteBuffer target) {
        try (NDManager scope = pixels.getManager().newSubManager()) {
            NDArray source = pixels.toDevice(Device.cpu(), false);
            if (source != pixels) {
                source.attach(scope);
            }
            target.put(source.toByteBuffer(true));
        }
    }

    /**
     * Copies pixels {@code [B, ...]} to the host, one array for each of the first {@code count}.
     *
     * @param pixels dense uint8
     */
    public static List<byte[]> unpack(NDArray pixels, int count) {
        // on the heap: native buffers would pile up until the next collection
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(pixels.size()));
        copy(pixels, buffer);
        buffer.flip();
        byte[][] frames = new byte[count]
                [Math.toIntExact(pixels.size() / pixels.getShape().get(0))];
        for (byte[] frame : frames) {
            buffer.get(frame);
        }
        return List.of(frames);
    }

    /**
     * Whether frames can be pictures at all; waits for the device. Numbers that half precision cannot hold make them
     * not finite, or of one color.
     */
    public static boolean showSomething(NDArray frames) {
        try (NDManager scope = frames.getManager().newSubManager()) {
            NDArray single = frames.toType(DataType.FLOAT32, true);
            single.attach(scope);
            float darkest = single.min().getFloat();
            float brightest = single.max().getFloat();
            return Float.isFinite(darkest) && Float.isFinite(brightest) && darkest < brightest;
        }
    }

    /**
     * Copies pixels to the device.
     *
     * @param source at least {@code B · height · width · 3} bytes from its position on, which does not move
     * @return [B, height, width, 3] uint8 in {@code scope}
     */
    public static NDArray fromHost(NDManager scope, ByteBuffer source, int frames, int height, int width) {
        Shape shape = new Shape(frames, height, width, CHANNELS);
        int bytes = Math.toIntExact(shape.size());
        return scope.create(source.slice(source.position(), bytes), shape, DataType.UINT8);
    }
}
