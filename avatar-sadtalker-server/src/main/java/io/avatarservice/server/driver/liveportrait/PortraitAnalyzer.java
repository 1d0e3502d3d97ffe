package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.face.Affine;
import io.avatarservice.server.driver.liveportrait.face.AffineWarp;
import io.avatarservice.server.driver.liveportrait.face.FacePoints;
import io.avatarservice.server.driver.liveportrait.face.FaceSquare;
import io.avatarservice.server.driver.liveportrait.face.FaceTracker;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.face.PortraitCrop;
import io.avatarservice.server.driver.liveportrait.face.PortraitPicture;
import io.avatarservice.server.driver.picture.BilinearResizer;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;

/** Finds the face in a portrait, cuts it out and asks the networks how it is posed. */
final class PortraitAnalyzer {

    private static final int CHANNELS = 3;

    private final LivePortraitNetworks networks;
    private final FaceTracker faces;

    PortraitAnalyzer(LivePortraitNetworks networks, FaceTracker faces) {
        this.networks = networks;
        this.faces = faces;
    }

    /** @throws ProblemException {@code FACE_NOT_FOUND} */
    AnalyzedPortrait analyze(Picture portrait, LivePortraitOptions options) {
        PortraitPicture picture = PortraitPicture.of(portrait);
        FacePoints points = faces.search(picture.rgb(), picture.width(), picture.height())
                .orElseThrow(() ->
                        new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face was found in the picture"));
        PortraitCrop crop = crop(picture, points, options);
        FloatTensor image = FaceImages.tensor(
                options.crop()
                        ? FaceImages.halved(crop.pixels(), PortraitCrop.SIDE, PortraitCrop.SIDE)
                        : squeezed(picture));
        return new AnalyzedPortrait(
                picture, crop, SourceFace.of(image, networks.motion(image), OpeningRatios.of(points)));
    }

    private static PortraitCrop crop(PortraitPicture picture, FacePoints points, LivePortraitOptions options) {
        FaceSquare square = FaceSquare.around(points, options.scale(), options.shift());
        FaceSquare turned =
                options.turned() ? square : new FaceSquare(square.centerX(), square.centerY(), square.side(), 0);
        Affine toCrop = turned.toCrop(PortraitCrop.SIDE);
        byte[] pixels = new AffineWarp(toCrop, PortraitCrop.SIDE, PortraitCrop.SIDE, CHANNELS)
                .apply(picture.rgb(), picture.width(), picture.height());
        return new PortraitCrop(pixels, toCrop);
    }

    private static byte[] squeezed(PortraitPicture picture) {
        Size side = new Size(FaceImages.SIDE, FaceImages.SIDE);
        byte[] square = new byte[side.width() * side.height() * CHANNELS];
        new BilinearResizer(new Size(picture.width(), picture.height()), side, CHANNELS).resize(picture.rgb(), square);
        return square;
    }
}
