package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.facevid2vid.FrameFinisher;
import io.avatarservice.server.driver.liveportrait.face.PortraitCrop;
import io.avatarservice.server.driver.liveportrait.face.PortraitPicture;

/**
 * What is known of a portrait before it moves.
 *
 * @param picture the portrait
 * @param crop the part of it that moves
 * @param face as the networks know it
 */
record AnalyzedPortrait(PortraitPicture picture, PortraitCrop crop, SourceFace face) {

    /** What makes finished frames of the decoder's: the whole portrait, or the square as it is. */
    FrameFinisher finisher(boolean pastedBack) {
        return pastedBack ? new PastedFrames(picture.pasteBack(crop)) : new SquareFrames();
    }
}
