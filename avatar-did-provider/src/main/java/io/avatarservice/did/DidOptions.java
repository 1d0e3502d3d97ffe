package io.avatarservice.did;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a request's options and driver D-ID is told, and what it is not.
 *
 * @param config in D-ID's words
 * @param driverUrl D-ID's name of a driver, or {@code null} for its default
 * @param warnings what was passed over, in sentences for people
 */
record DidOptions(Map<String, Object> config, @Nullable String driverUrl, List<String> warnings) {

    private static final String STITCH = "stitch";

    /** The last ones are of 2023 and gone from the API's description since; whether they still work is not known. */
    private static final Set<String> FLAGS =
            Set.of(STITCH, "fluent", "align_driver", "sharpen", "auto_match", "reduce_noise");

    private static final Set<String> NUMBERS = Set.of("normalization_factor", "motion_factor", "align_expand_factor");

    private static final int MAX_PAD_SECONDS = 60;
    private static final Set<String> RESULT_FORMATS = Set.of("mp4", "mov");

    /**
     * Reads a request.
     *
     * @param legacyDriverUrl whether D-ID is told of drivers
     * @throws AvatarException if an option has a value that D-ID would refuse
     */
    static DidOptions of(AvatarRequest request, boolean legacyDriverUrl) {
        Map<String, Object> config = new LinkedHashMap<>();
        // Without it D-ID answers with the face alone, cropped to a square.
        config.put(STITCH, true);
        List<String> warnings = new ArrayList<>();
        request.options().forEach((name, value) -> {
            if (isKnown(name)) {
                config.put(name, checked(name, value));
            } else {
                warnings.add("d-id does not know the option '" + name + "'; it was left out");
            }
        });
        String driver = request.driver();
        boolean namesDriver = legacyDriverUrl && driver != null && driver.startsWith("bank://");
        if (driver != null && !namesDriver) {
            warnings.add("d-id does not know the driver '" + driver + "'; it was left out");
        }
        return new DidOptions(config, namesDriver ? driver : null, List.copyOf(warnings));
    }

    private static boolean isKnown(String name) {
        return FLAGS.contains(name)
                || NUMBERS.contains(name)
                || name.equals("pad_audio")
                || name.equals("result_format");
    }

    private static Object checked(String name, Object value) {
        if (FLAGS.contains(name)) {
            return require(value instanceof Boolean, name, value, "is true or false");
        }
        if (NUMBERS.contains(name)) {
            return require(value instanceof Number, name, value, "is a number");
        }
        if (name.equals("pad_audio")) {
            boolean inRange = value instanceof Number seconds
                    && seconds.doubleValue() >= 0
                    && seconds.doubleValue() <= MAX_PAD_SECONDS;
            return require(inRange, name, value, "is a number of seconds from 0 to " + MAX_PAD_SECONDS);
        }
        return require(
                value instanceof String format && RESULT_FORMATS.contains(format), name, value, "is 'mp4' or 'mov'");
    }

    /** Without the value: a text may be anything. */
    private static Object require(boolean fits, String name, Object value, String rule) {
        if (fits) {
            return value;
        }
        String field = "options." + name;
        throw AvatarException.builder(FailureKind.INVALID_REQUEST, field + " " + rule)
                .provider(DidAvatarProvider.ID)
                .fieldErrors(List.of(new FieldError(field, rule)))
                .build();
    }
}
