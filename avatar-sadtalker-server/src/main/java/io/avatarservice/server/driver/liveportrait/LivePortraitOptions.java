package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.OptionDescription;
import io.avatarservice.server.driver.OptionParser;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.liveportrait.driving.DrivingFraming;
import io.avatarservice.server.driver.liveportrait.motion.AnimationRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The checked options of one render. Names and defaults are those of the reference's command line, without {@code flag_}.
 *
 * @param crop whether the face is cut out of the portrait; else the whole picture is squeezed to a square
 * @param turned whether the face is cut out upright
 * @param scale side of what is cut out, in sides of the face
 * @param shift how far that is moved down, in its own sides
 * @param pasteBack whether the face is laid back into the portrait
 * @param stitching whether keypoints are corrected so that the face fits its surroundings
 * @param relative whether the portrait follows the change since the first driving frame
 * @param sizeAdapted whether motion grows with the portrait's face
 * @param multiplier factor of the motion
 * @param region what of the driving face is followed
 * @param lipsClosed whether the portrait's lips are closed first
 * @param eyesRetargeted whether the eyes are opened as far as the driving face's
 * @param lipsRetargeted whether the lips are opened as far as the driving face's
 * @param drivingFraming what of the driving video is looked at
 * @param smoothing variance of what is taken for jitter; 0 for none
 */
record LivePortraitOptions(
        boolean crop,
        boolean turned,
        double scale,
        double shift,
        boolean pasteBack,
        boolean stitching,
        boolean relative,
        boolean sizeAdapted,
        double multiplier,
        AnimationRegion region,
        boolean lipsClosed,
        boolean eyesRetargeted,
        boolean lipsRetargeted,
        DrivingFraming drivingFraming,
        double smoothing) {

    private static final String EXPRESSION_FRIENDLY = "expression-friendly";

    static final List<OptionDescription> DESCRIPTIONS = List.of(
            OptionDescription.bool(
                    "do_crop",
                    true,
                    "Whether the face is cut out of the portrait; else the whole picture is squeezed to a square."),
            OptionDescription.bool("do_rot", true, "Whether a tilted face is cut out upright."),
            OptionDescription.decimal("scale", 2.3, 1, 5, "Side of what is cut out, in sides of the face."),
            OptionDescription.decimal(
                    "vy_ratio", -0.125, -0.5, 0.5, "How far that is moved down, in its own sides; negative is up."),
            OptionDescription.bool(
                    "pasteback",
                    true,
                    "Whether the face is laid back into the portrait; only with do_crop and stitching."),
            OptionDescription.bool("stitching", true, "Whether the face is fitted into its surroundings."),
            OptionDescription.bool(
                    "relative_motion",
                    true,
                    "Whether the portrait follows the change since the first driving frame; else the driving face as it is."),
            OptionDescription.choice(
                    "driving_option",
                    EXPRESSION_FRIENDLY,
                    List.of(EXPRESSION_FRIENDLY, "pose-friendly"),
                    "Whether motion grows with the portrait's face; only with relative_motion."),
            OptionDescription.decimal("driving_multiplier", 1, 0, 2, "Strength of the motion."),
            OptionDescription.choice(
                    "animation_region",
                    "all",
                    Arrays.stream(AnimationRegion.values())
                            .map(LivePortraitOptions::wireName)
                            .toList(),
                    "What of the driving face is followed."),
            OptionDescription.bool(
                    "normalize_lip",
                    false,
                    "Whether open lips of the portrait are closed first; only with relative_motion."),
            OptionDescription.bool(
                    "eye_retargeting",
                    false,
                    "Whether the eyes open as far as the driving face's; with relative_motion nothing else is followed."),
            OptionDescription.bool(
                    "lip_retargeting",
                    false,
                    "Whether the lips open as far as the driving face's; with relative_motion nothing else is followed."),
            OptionDescription.bool(
                    "crop_driving_video",
                    false,
                    "Whether the face is cut out of the driving video; always where that is not square."),
            OptionDescription.decimal(
                    "scale_crop_driving_video",
                    2.2,
                    1,
                    5,
                    "Side of what is cut out of the driving video, in sides of the face."),
            OptionDescription.decimal(
                    "vy_ratio_crop_driving_video",
                    -0.1,
                    -0.5,
                    0.5,
                    "How far that is moved down, in its own sides; negative is up."),
            OptionDescription.decimal(
                    "driving_smooth_observation_variance",
                    0,
                    0,
                    0.01,
                    "Variance of the driving motion that is taken for jitter and removed; 0 removes nothing."));

    /** The reference does both, and so does this, only in a crop whose edge fits its surroundings. */
    boolean pastedBack() {
        return crop && stitching && pasteBack;
    }

    /** Whether the portrait only opens and closes what is retargeted. */
    boolean retargets() {
        return eyesRetargeted || lipsRetargeted;
    }

    static RenderOptions parse(Map<String, ?> requested) {
        return OptionParser.parse(DESCRIPTIONS, requested);
    }

    static LivePortraitOptions of(RenderOptions options) {
        return new LivePortraitOptions(
                options.bool("do_crop"),
                options.bool("do_rot"),
                options.decimal("scale"),
                options.decimal("vy_ratio"),
                options.bool("pasteback"),
                options.bool("stitching"),
                options.bool("relative_motion"),
                options.text("driving_option").equals(EXPRESSION_FRIENDLY),
                options.decimal("driving_multiplier"),
                AnimationRegion.valueOf(options.text("animation_region").toUpperCase(Locale.ROOT)),
                options.bool("normalize_lip"),
                options.bool("eye_retargeting"),
                options.bool("lip_retargeting"),
                new DrivingFraming(
                        options.bool("crop_driving_video"),
                        options.decimal("scale_crop_driving_video"),
                        options.decimal("vy_ratio_crop_driving_video")),
                options.decimal("driving_smooth_observation_variance"));
    }

    private static String wireName(AnimationRegion region) {
        return region.name().toLowerCase(Locale.ROOT);
    }
}
