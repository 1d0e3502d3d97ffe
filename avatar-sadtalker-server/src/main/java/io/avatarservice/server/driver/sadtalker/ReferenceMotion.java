package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.torch.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * What the reference videos of a request show, as coefficient rows at 25 per second, {@code [M, 73]}.
 *
 * @param pose head motion to follow; {@code null} without such a video
 * @param blink expression, blinks included, to add the speech to; {@code null} without such a video
 */
record ReferenceMotion(@Nullable FloatTensor pose, @Nullable FloatTensor blink) {

    static final ReferenceMotion NONE = new ReferenceMotion(null, null);
}
