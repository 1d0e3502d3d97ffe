/** Speech to motion: from a stream of samples to mouth, eyelids, brows and head of every frame. */
@NullMarked
package io.avatarservice.server.driver.preview.motion;

import org.jspecify.annotations.NullMarked;
