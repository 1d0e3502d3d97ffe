package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.FaceTemplate.Projection;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;

/** Cuts a face so that it has the size and place that the 3DMM regressor was trained with. */
public final class FaceAlignment {

    /** The regressor's input, pixels. */
    static final int SIDE = 224;

    /** Pixels per unit of the template in the regressor's input; Deep3DFaceRecon's {@code rescale_factor}. */
    private static final double RESCALE = 102;

    /** Pixels per unit of the template below which there is nothing to align. */
    private static final double MIN_FACE = 1;

    private FaceAlignment() {}

    /**
     * The aligned face.
     *
     * @param image the square that is animated
     * @param landmarks in its pixels
     * @throws ProblemException {@code FACE_NOT_FOUND} if the landmarks lie on one spot
     */
    public static AlignedFace align(RgbImage image, Landmarks landmarks) {
        Projection projection = FaceTemplate.project(landmarks, image.height());
        if (!(projection.scale() >= MIN_FACE)) {
            throw new ProblemException(
                    ProblemCode.FACE_NOT_FOUND, "image", "the landmarks lie on one spot; that is not a face");
        }
        double scale = RESCALE / projection.scale();
        Size size = new Size(Math.max((int) (image.width() * scale), 1), Math.max((int) (image.height() * scale), 1));
        int left = begin(size.width(), projection.x() - image.width() / 2.0, scale);
        int top = begin(size.height(), image.height() / 2.0 - projection.y(), scale);
        RgbImage face = PillowBicubic.resize(image, size, new Box(left, top, left + SIDE, top + SIDE));
        return new AlignedFace(
                face.toTensor(ChannelOrder.RGB, PixelScale.DIVIDED_IN_DOUBLE),
                (float) scale,
                (float) projection.x(),
                (float) projection.y());
    }

    /** Where the crop begins on one axis: half a side before the face's origin. */
    private static int begin(int length, double fromCenter, double scale) {
        return (int) (length / 2.0 - SIDE / 2.0 + fromCenter * scale);
    }
}
