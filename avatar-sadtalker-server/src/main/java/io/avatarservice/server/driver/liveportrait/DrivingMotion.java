package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import java.util.List;

/** How the driving face moves, frame after frame. For one thread. */
interface DrivingMotion {

    /** The motion of the next frames, up to {@code most}; empty at the end. */
    List<HeadMotion> next(int most);
}
