/** The Avatar Service's rendering server. */
@NullMarked
package io.avatarservice.server;

import org.jspecify.annotations.NullMarked;
