/** Tests of the warp and the mouth interior. */
@NullMarked
package io.avatarservice.server.driver.preview.render;

import org.jspecify.annotations.NullMarked;
