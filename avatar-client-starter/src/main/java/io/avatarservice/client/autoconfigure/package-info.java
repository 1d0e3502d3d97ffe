/** Makes an {@code AvatarClient} bean out of properties and whatever beans the application has. */
@NullMarked
package io.avatarservice.client.autoconfigure;

import org.jspecify.annotations.NullMarked;
