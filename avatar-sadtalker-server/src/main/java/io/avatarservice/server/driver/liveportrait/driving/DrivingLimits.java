package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.media.MediaProperties;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What a driving video may be at most.
 *
 * @param size of the file
 * @param duration from the first picture to the last
 * @param pixels of one picture
 */
public record DrivingLimits(DataSize size, Duration duration, long pixels) {

    /** The limits that are configured. */
    public static DrivingLimits of(MediaProperties properties) {
        return new DrivingLimits(
                properties.maxVideoBytes(), properties.maxDrivingDuration(), properties.maxDrivingPixels());
    }
}
