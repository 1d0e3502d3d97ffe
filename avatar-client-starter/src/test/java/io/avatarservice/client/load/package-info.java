/** The client under load. */
@NullMarked
package io.avatarservice.client.load;

import org.jspecify.annotations.NullMarked;
