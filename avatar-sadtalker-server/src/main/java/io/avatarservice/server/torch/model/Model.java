package io.avatarservice.server.torch.model;

import io.avatarservice.server.torch.checkpoint.UnknownGlobals;
import java.util.EnumSet;
import java.util.Set;

/** The checkpoints that SadTalker, without its face enhancer, and LivePortrait for people render with. */
public enum Model {
    /** Keypoints, generator, expression, pose and 3D reconstruction networks for 256×256 faces. */
    SADTALKER_256("sadtalker"),
    /** The same networks for 512×512 faces. */
    SADTALKER_512("sadtalker"),
    /** Coefficients to head pose, from 70 of them: for the preprocess modes crop, resize and extcrop. */
    MAPPING_70("mapping-70"),
    /** Coefficients to head pose, from 73 of them: for the preprocess modes full and extfull. */
    MAPPING_73("mapping-73"),
    /** Face detector. */
    RETINAFACE("retinaface"),
    /** Landmark detector. */
    FAN("fan"),
    /** LivePortrait: from a portrait to its appearance. */
    LIVEPORTRAIT_APPEARANCE("liveportrait-appearance"),
    /** LivePortrait: from a face to its keypoints, pose and expression. */
    LIVEPORTRAIT_MOTION("liveportrait-motion"),
    /** LivePortrait: moves an appearance. */
    LIVEPORTRAIT_WARPING("liveportrait-warping"),
    /** LivePortrait: from a moved appearance to a frame. */
    LIVEPORTRAIT_GENERATOR("liveportrait-generator"),
    /** LivePortrait: corrections of keypoints for stitching, eyes and lips. */
    LIVEPORTRAIT_RETARGETING("liveportrait-retargeting"),
    /** LivePortrait: 203 landmarks of a face, an ONNX file that no program is made from. */
    LIVEPORTRAIT_LANDMARKS("liveportrait-landmarks");

    private final String checkpoint;

    Model(String checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** What the installed programs call this checkpoint; the two sizes of SadTalker share a name. */
    public String checkpoint() {
        return checkpoint;
    }

    /**
     * What becomes of classes in the file that no network needs. LivePortrait's file of corrections is known to hold more than
     * its networks; nobody published what.
     */
    public UnknownGlobals unknownGlobals() {
        return this == LIVEPORTRAIT_RETARGETING ? UnknownGlobals.SKIPPED : UnknownGlobals.REFUSED;
    }

    /**
     * What one render reads.
     *
     * @param size side of the rendered face in pixels: 256 or 512
     * @param wholePicture whether the face is pasted back into the picture: the preprocess modes full and extfull
     */
    public static Set<Model> forRender(int size, boolean wholePicture) {
        return EnumSet.of(sadTalker(size), wholePicture ? MAPPING_73 : MAPPING_70, RETINAFACE, FAN);
    }

    /** What every preprocess mode of one size reads. */
    public static Set<Model> forSize(int size) {
        return EnumSet.of(sadTalker(size), MAPPING_70, MAPPING_73, RETINAFACE, FAN);
    }

    /** Everything of SadTalker's, for both sizes. */
    public static Set<Model> forSadTalker() {
        return EnumSet.range(SADTALKER_256, FAN);
    }

    /** Everything of LivePortrait's. */
    public static Set<Model> forLivePortrait() {
        return EnumSet.range(LIVEPORTRAIT_APPEARANCE, LIVEPORTRAIT_LANDMARKS);
    }

    private static Model sadTalker(int size) {
        return switch (size) {
            case 256 -> SADTALKER_256;
            case 512 -> SADTALKER_512;
            default -> throw new IllegalArgumentException("size must be 256 or 512, not " + size);
        };
    }
}
