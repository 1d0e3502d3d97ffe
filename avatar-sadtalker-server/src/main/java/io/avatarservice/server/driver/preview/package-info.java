/** The embedded default driver: classical computer vision on any CPU, no model download. */
@NullMarked
package io.avatarservice.server.driver.preview;

import org.jspecify.annotations.NullMarked;
