/** Turns a portrait, its face mesh and a motion into frames: a smooth warp and a mouth interior. */
@NullMarked
package io.avatarservice.server.driver.preview.render;

import org.jspecify.annotations.NullMarked;
