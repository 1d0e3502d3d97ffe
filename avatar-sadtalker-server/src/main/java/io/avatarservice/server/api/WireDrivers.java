package io.avatarservice.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.OptionDescription;
import io.avatarservice.server.media.MediaProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this server can render with. */
@Schema(name = "Drivers")
@JsonNaming(SnakeCaseStrategy.class)
record WireDrivers(
        @Schema(description = "Driver of requests that name none; null while none is ready", nullable = true) @Nullable String defaultDriver,

        List<Driver> drivers,

        @Schema(description = "Limits of the inputs, whatever the driver")
        Limits limits) {

    /** One driver. */
    @Schema(name = "Driver")
    @JsonNaming(SnakeCaseStrategy.class)
    record Driver(
            String name,
            String summary,

            @Schema(description = "Whether a render can start now")
            boolean ready,

            @Schema(description = "What is missing where it is not ready")
            List<String> missing,

            @Schema(example = "cpu") String device,

            @Schema(
                    description = "Input that the face moves after; needed in every request",
                    allowableValues = {"audio", "driving_video"})
            String drivenBy,

            @Schema(description = "Longest side of its videos in pixels")
            int maxSide,

            List<Option> options) {

        static Driver of(DriverDescription driver) {
            return new Driver(
                    driver.name(),
                    driver.summary(),
                    driver.ready(),
                    driver.missing(),
                    driver.device(),
                    driver.motion().wireName(),
                    driver.maxSide(),
                    driver.options().stream().map(Option::of).toList());
        }
    }

    /** One option of a driver. */
    @Schema(name = "DriverOption")
    @JsonNaming(SnakeCaseStrategy.class)
    record Option(
            String name,

            @Schema(allowableValues = {"boolean", "integer", "decimal", "text", "integer_list", "video"})
            String type,

            @JsonProperty("default")
            @Schema(description = "Value when left out; null where the driver picks one", nullable = true)
            @Nullable Object defaultValue,

            @Schema(nullable = true) @Nullable Number minimum,
            @Schema(nullable = true) @Nullable Number maximum,

            @Schema(description = "Values allowed for text; empty where any is")
            List<String> choices,

            String description) {

        static Option of(OptionDescription option) {
            return new Option(
                    option.name(),
                    option.type().name().toLowerCase(Locale.ROOT),
                    option.defaultValue(),
                    option.minimum(),
                    option.maximum(),
                    option.choices(),
                    option.description());
        }
    }

    /** Limits of the inputs. */
    @Schema(name = "InputLimits")
    @JsonNaming(SnakeCaseStrategy.class)
    record Limits(
            long maxImageBytes,
            long maxImagePixels,
            long maxAudioBytes,
            long maxAudioSeconds,
            long maxVideoBytes,
            long maxDrivingSeconds,
            long maxJsonBytes) {

        static Limits of(MediaProperties media, ServerProperties server) {
            return new Limits(
                    media.maxImageBytes().toBytes(),
                    media.maxImagePixels(),
                    media.maxAudioBytes().toBytes(),
                    media.maxAudioDuration().toSeconds(),
                    media.maxVideoBytes().toBytes(),
                    media.maxDrivingDuration().toSeconds(),
                    server.maxJsonSize().toBytes());
        }
    }
}
