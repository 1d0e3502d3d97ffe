/** Driving videos: looked through once for the face, then cropped frame by frame. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.driving;

import org.jspecify.annotations.NullMarked;
