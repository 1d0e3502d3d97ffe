package io.avatarservice.server.driver.liveportrait.driving;

import org.jspecify.annotations.Nullable;

/** The crops of a driving video, decoded as they are asked for. For one thread. */
public interface DrivingFrames extends AutoCloseable {

    /**
     * The next crop.
     *
     * @return {@code 256 × 256 × 3} bytes, red first, not to be changed; {@code null} after the last
     */
    byte @Nullable [] next();

    @Override
    void close();
}
