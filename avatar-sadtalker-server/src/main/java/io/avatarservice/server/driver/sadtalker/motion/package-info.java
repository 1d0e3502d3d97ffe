/** From what SadTalker's audio networks say to coefficients, head pose and keypoints of every frame. */
@NullMarked
package io.avatarservice.server.driver.sadtalker.motion;

import org.jspecify.annotations.NullMarked;
