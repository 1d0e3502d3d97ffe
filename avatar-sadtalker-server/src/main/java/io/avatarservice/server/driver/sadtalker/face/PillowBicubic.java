package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;

/**
 * Resizes as Pillow's {@code Image.resize(size, BICUBIC)} followed by {@code crop(box)} does, bit for bit, without
 * computing what the crop drops.
 */
final class PillowBicubic {

    private static final int HALF = 1 << (BicubicAxis.PRECISION - 1);

    private PillowBicubic() {}

    /**
     * Part of the picture at another size.
     *
     * @param size what the whole picture would have
     * @param box the part, which may leave the picture: what lies outside is black
     */
    static RgbImage resize(RgbImage image, Size size, Box box) {
        RgbImage part =
                new RgbImage(box.width(), box.height(), new byte[box.width() * box.height() * RgbImage.CHANNELS]);
        Box inside = box.within(size);
        if (inside.isEmpty()) {
            return part;
        }
        BicubicAxis rows = image.height() == size.height()
                ? null
                : BicubicAxis.of(image.height(), size.height(), inside.top(), inside.bottom());
        int top = rows == null ? inside.top() : rows.firstInput();
        int bottom = rows == null ? inside.bottom() : rows.inputEnd();
        RgbImage wide = columns(image, size.width(), inside.left(), inside.right(), top, bottom);
        RgbImage done = rows == null ? wide : rows(wide, rows, top);
        paste(done, part, inside.left() - box.left(), inside.top() - box.top());
        return part;
    }

    /** The rows {@code top..bottom} with the columns {@code left..right} of the new width. */
    private static RgbImage columns(RgbImage image, int width, int left, int right, int top, int bottom) {
        if (image.width() == width) {
            return image.crop(new Box(left, top, right, bottom));
        }
        BicubicAxis axis = BicubicAxis.of(image.width(), width, left, right);
        byte[] source = image.rgb();
        byte[] target = new byte[(bottom - top) * axis.length() * RgbImage.CHANNELS];
        int at = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < axis.length(); x++) {
                int first = (y * image.width() + axis.start()[x]) * RgbImage.CHANNELS;
                at = weigh(source, first, RgbImage.CHANNELS, axis.weights()[x], target, at);
            }
        }
        return new RgbImage(axis.length(), bottom - top, target);
    }

    private static RgbImage rows(RgbImage image, BicubicAxis axis, int firstRow) {
        byte[] source = image.rgb();
        int stride = image.width() * RgbImage.CHANNELS;
        byte[] target = new byte[axis.length() * stride];
        int at = 0;
        for (int y = 0; y < axis.length(); y++) {
            int row = (axis.start()[y] - firstRow) * stride;
            for (int x = 0; x < image.width(); x++) {
                at = weigh(source, row + x * RgbImage.CHANNELS, stride, axis.weights()[y], target, at);
            }
        }
        return new RgbImage(image.width(), axis.length(), target);
    }

    /** One pixel: the weighted sum of a run of pixels that lie {@code step} bytes apart. */
    private static int weigh(byte[] source, int first, int step, int[] weights, byte[] target, int at) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int from = first;
        for (int weight : weights) {
            red += (source[from] & 0xFF) * weight;
            green += (source[from + 1] & 0xFF) * weight;
            blue += (source[from + 2] & 0xFF) * weight;
            from += step;
        }
        target[at] = clipped(red);
        target[at + 1] = clipped(green);
        target[at + 2] = clipped(blue);
        return at + RgbImage.CHANNELS;
    }

    private static byte clipped(int sum) {
        return (byte) Math.min(Math.max(sum >> BicubicAxis.PRECISION, 0), 255);
    }

    private static void paste(RgbImage part, RgbImage onto, int left, int top) {
        int stride = part.width() * RgbImage.CHANNELS;
        for (int y = 0; y < part.height(); y++) {
            System.arraycopy(
                    part.rgb(), y * stride, onto.rgb(), ((top + y) * onto.width() + left) * RgbImage.CHANNELS, stride);
        }
    }
}
