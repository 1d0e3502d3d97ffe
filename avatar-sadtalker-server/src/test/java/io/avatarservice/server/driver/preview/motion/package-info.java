/** Tests of the way from speech to motion, on sounds made here and on the sample recording. */
@NullMarked
package io.avatarservice.server.driver.preview.motion;

import org.jspecify.annotations.NullMarked;
