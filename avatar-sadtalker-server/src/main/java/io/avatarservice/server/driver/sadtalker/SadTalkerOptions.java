package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.OptionDescription;
import io.avatarservice.server.driver.OptionParser;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.sadtalker.face.Preprocess;
import io.avatarservice.server.driver.sadtalker.motion.CameraList;
import io.avatarservice.server.driver.sadtalker.motion.CameraPath;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The checked options of one render.
 *
 * @param preprocess which part of the portrait is animated
 * @param size side of the renderer's frames, 256 or 512
 * @param still whether the head keeps the portrait's pose
 * @param poseStyle 0 to 45
 * @param expressionScale factor of the expression
 * @param seed of blinks and head motion
 * @param blink whether blinks are drawn
 * @param poseVariation factor of the random part of the head motion
 * @param yaw degrees that the head turns through; {@code null} for the network's own
 * @param pitch likewise, up and down
 * @param roll likewise, towards a shoulder
 * @param landmarks 68 points as text; {@code null} to detect them
 */
record SadTalkerOptions(
        Preprocess preprocess,
        int size,
        boolean still,
        int poseStyle,
        double expressionScale,
        long seed,
        boolean blink,
        double poseVariation,
        @Nullable CameraList yaw,
        @Nullable CameraList pitch,
        @Nullable CameraList roll,
        @Nullable String landmarks) {

    static final String POSE_VIDEO = "reference_pose_video";
    static final String BLINK_VIDEO = "reference_blink_video";
    static final String SIZE = "size";

    private static final String ENHANCER = "enhancer";
    private static final List<String> SIZES = List.of("256", "512");

    /** Angles as far as a head may be turned at all; beyond about 40 degrees faces fall apart. */
    private static final int MAX_DEGREES = 180;

    /** What a driver with the given default size takes. */
    static List<OptionDescription> descriptions(int defaultSize) {
        List<String> modes =
                Arrays.stream(Preprocess.values()).map(Preprocess::option).toList();
        return List.of(
                OptionDescription.choice(
                        "preprocess",
                        Preprocess.CROP.option(),
                        modes,
                        "Part of the portrait that is animated; full and extfull paste it back into the whole picture."),
                OptionDescription.choice(
                        SIZE,
                        Integer.toString(defaultSize),
                        SIZES,
                        "Side of the animated square in pixels; each size has a checkpoint of its own."),
                OptionDescription.bool("still", false, "Whether the head keeps the portrait's pose."),
                OptionDescription.integer("pose_style", 0L, 0, 45, "Style of the head's motion."),
                OptionDescription.decimal("expression_scale", 1, 0, 3, "Strength of the expression."),
                OptionDescription.integer(
                        "seed",
                        null,
                        0,
                        Long.MAX_VALUE,
                        "Seed of blinks and head motion; the same seed gives the same video."),
                OptionDescription.bool("blink", true, "Whether the eyes blink."),
                OptionDescription.decimal(
                        "pose_variation",
                        1,
                        0,
                        1.5,
                        "Share of chance in the head's motion; with 0 it is the same for every seed."),
                OptionDescription.integers("input_yaw", -MAX_DEGREES, MAX_DEGREES, "Turns of the head in degrees."),
                OptionDescription.integers("input_pitch", -MAX_DEGREES, MAX_DEGREES, "Nods of the head in degrees."),
                OptionDescription.integers("input_roll", -MAX_DEGREES, MAX_DEGREES, "Tilts of the head in degrees."),
                OptionDescription.text(
                        "landmarks", "68 points of the face (x y per line, or JSON) instead of detecting it."),
                OptionDescription.video(POSE_VIDEO, "Video of a face whose head motion is followed."),
                OptionDescription.video(BLINK_VIDEO, "Video of a face whose blinks and expression are followed."));
    }

    /**
     * Checks requested options and fills in the defaults, the drawn seed included.
     *
     * @throws ProblemException {@code INVALID_REQUEST}, or {@code UNSUPPORTED} for the reference's enhancer
     */
    static RenderOptions parse(int defaultSize, Map<String, ?> requested) {
        Object enhancer = requested.get(ENHANCER);
        if (enhancer != null) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED,
                    "options." + ENHANCER,
                    "the driver 'sadtalker' has no face enhancer; leave the option '%s' out".formatted(ENHANCER));
        }
        Map<String, Object> texts = new HashMap<>(requested);
        // a JSON number is as good as its text here
        texts.computeIfPresent(SIZE, (name, size) -> size instanceof Number ? size.toString() : size);
        Map<String, Object> values = new HashMap<>(
                OptionParser.parse(descriptions(defaultSize), texts).values());
        values.computeIfAbsent("seed", name -> ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE));
        return new RenderOptions(values);
    }

    static SadTalkerOptions of(RenderOptions options) {
        return new SadTalkerOptions(
                Preprocess.valueOf(options.text("preprocess").toUpperCase(Locale.ROOT)),
                Integer.parseInt(options.text(SIZE)),
                options.bool("still"),
                (int) options.integer("pose_style"),
                options.decimal("expression_scale"),
                options.integer("seed"),
                options.bool("blink"),
                options.decimal("pose_variation"),
                camera(options, "input_yaw"),
                camera(options, "input_pitch"),
                camera(options, "input_roll"),
                options.has("landmarks") ? options.text("landmarks") : null);
    }

    CameraPath cameraPath(int frames) {
        return CameraPath.of(yaw, pitch, roll, frames);
    }

    private static @Nullable CameraList camera(RenderOptions options, String name) {
        if (!options.has(name)) {
            return null;
        }
        List<Double> degrees = new ArrayList<>();
        options.integers(name).forEach(angle -> degrees.add(angle.doubleValue()));
        return new CameraList(degrees);
    }
}
