/** Tests of LivePortrait's stages. */
@NullMarked
package io.avatarservice.server.driver.liveportrait;

import org.jspecify.annotations.NullMarked;
