/** Tests of keypoints and head motion. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.motion;

import org.jspecify.annotations.NullMarked;
