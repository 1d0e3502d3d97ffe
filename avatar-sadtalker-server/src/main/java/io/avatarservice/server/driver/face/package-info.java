/** Finds the face in a portrait: detection, alignment, the 468-point mesh. */
@NullMarked
package io.avatarservice.server.driver.face;

import org.jspecify.annotations.NullMarked;
