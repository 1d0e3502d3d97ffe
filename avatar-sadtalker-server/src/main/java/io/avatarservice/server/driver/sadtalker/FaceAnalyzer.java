package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.AlignedFace;
import io.avatarservice.server.driver.sadtalker.face.Box;
import io.avatarservice.server.driver.sadtalker.face.ChannelOrder;
import io.avatarservice.server.driver.sadtalker.face.CoefficientRow;
import io.avatarservice.server.driver.sadtalker.face.FaceAlignment;
import io.avatarservice.server.driver.sadtalker.face.FaceCrop;
import io.avatarservice.server.driver.sadtalker.face.FaceDetections;
import io.avatarservice.server.driver.sadtalker.face.HeatmapDecoder;
import io.avatarservice.server.driver.sadtalker.face.Landmarks;
import io.avatarservice.server.driver.sadtalker.face.PixelScale;
import io.avatarservice.server.driver.sadtalker.face.Preprocess;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.face.SourceRegion;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Finds the face in a picture, cuts it out and describes it by the coefficients of a 3-D face model. */
final class FaceAnalyzer {

    /** What the landmark network takes. */
    private static final Size LANDMARK_INPUT = new Size(256, 256);

    /** Pixels on the longer side of a frame; only a picture like a ribbon asks for more. */
    private static final int LONGEST_SIDE = 4096;

    private final Networks networks;

    FaceAnalyzer(Networks networks) {
        this.networks = networks;
    }

    /**
     * Analyzes a portrait.
     *
     * @param side of the square that is animated, pixels
     * @param given the face's landmarks in the picture; {@code null} to detect them
     * @throws ProblemException {@code FACE_NOT_FOUND}, or {@code INVALID_REQUEST} where frames would become too long
     */
    SourceFace analyze(RgbImage picture, Preprocess preprocess, int side, @Nullable Landmarks given) {
        SourceRegion region = region(picture, preprocess, given);
        requireUsualShape(region, side);
        RgbImage square = region.square(picture, side);
        return new SourceFace(region, square, coefficients(square, region, given));
    }

    private static void requireUsualShape(SourceRegion region, int side) {
        Size frame = region.frameSize(side);
        if (Math.max(frame.width(), frame.height()) > LONGEST_SIDE) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "image",
                    "the part of the picture that is animated has %s pixels, so that frames would have %s; the limit is %d on a side"
                            .formatted(region.box().size(), frame, LONGEST_SIDE));
        }
    }

    /** The part of a picture that is animated. */
    SourceRegion region(RgbImage picture, Preprocess preprocess, @Nullable Landmarks given) {
        if (!preprocess.cropped()) {
            return SourceRegion.whole(picture.size());
        }
        // Red first here, blue first in the square: the reference feeds its detector so, and the scores depend on it.
        Landmarks landmarks = given != null ? given : detect(picture, ChannelOrder.RGB, "the picture");
        return SourceRegion.of(FaceCrop.of(landmarks, picture.size()), preprocess.extended());
    }

    /** The 73 coefficients of the face in a square. */
    float[] coefficients(RgbImage square, SourceRegion region, @Nullable Landmarks given) {
        Landmarks landmarks = given != null
                ? region.toSquare(given, square.width())
                : detect(square, ChannelOrder.BGR, "the cropped picture");
        AlignedFace aligned = FaceAlignment.align(square, landmarks);
        return CoefficientRow.of(networks.coefficients(aligned.image()), 0, aligned);
    }

    private Landmarks detect(RgbImage picture, ChannelOrder order, String where) {
        FaceDetections faces = networks.faces(picture.toTensor(order, PixelScale.BYTE));
        Box box = faces.bestOrThrow(picture.size(), where).box(picture.size());
        RgbImage face = picture.crop(box).resize(LANDMARK_INPUT);
        return HeatmapDecoder.landmarks(networks.heatmaps(face.toTensor(ChannelOrder.BGR, PixelScale.DIVIDED)), box);
    }
}
