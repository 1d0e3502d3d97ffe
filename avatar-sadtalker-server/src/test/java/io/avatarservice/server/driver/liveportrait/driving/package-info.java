/** Tests of driving videos. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.driving;

import org.jspecify.annotations.NullMarked;
