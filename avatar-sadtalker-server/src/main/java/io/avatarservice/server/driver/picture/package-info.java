/** Sizes of pictures and how they are changed, in plain Java. */
@NullMarked
package io.avatarservice.server.driver.picture;

import org.jspecify.annotations.NullMarked;
