/** Tests of the way from network outputs to keypoints, against values of the reference and its libraries. */
@NullMarked
package io.avatarservice.server.driver.sadtalker.motion;

import org.jspecify.annotations.NullMarked;
