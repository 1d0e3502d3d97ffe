/** Who may call the server, and how often. */
@NullMarked
package io.avatarservice.server.security;

import org.jspecify.annotations.NullMarked;
