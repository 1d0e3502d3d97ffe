package io.avatarservice.server.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a driver can do, as {@code GET /v1/drivers} tells it.
 *
 * @param name the name on the wire
 * @param summary one sentence for people
 * @param ready whether a render can start now
 * @param missing what is missing where it is not ready, by file name; empty where it is
 * @param remedy how to get what is missing, as the end of a sentence; {@code null} where there is nothing to do
 * @param device where it computes: {@code cpu}, {@code cuda:0}
 * @param motion what the face moves after, and so which inputs a request must have
 * @param maxSide the longest side of its videos in pixels
 * @param options the options it takes
 */
public record DriverDescription(
        String name,
        String summary,
        boolean ready,
        List<String> missing,
        @Nullable String remedy,
        String device,
        MotionSource motion,
        int maxSide,
        List<OptionDescription> options) {

    public DriverDescription {
        missing = List.copyOf(missing);
        options = List.copyOf(options);
    }
}
