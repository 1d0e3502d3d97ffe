/** Keypoints and head motion of LivePortrait, in plain Java. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.motion;

import org.jspecify.annotations.NullMarked;
