/** Tests of crops and pixel arithmetic. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.face;

import org.jspecify.annotations.NullMarked;
