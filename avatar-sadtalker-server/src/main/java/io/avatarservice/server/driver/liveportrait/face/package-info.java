/** Crops of faces and the pixel arithmetic around them, in plain Java. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.face;

import org.jspecify.annotations.NullMarked;
