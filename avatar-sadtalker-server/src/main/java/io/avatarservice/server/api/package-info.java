/** The REST API. */
@NullMarked
package io.avatarservice.server.api;

import org.jspecify.annotations.NullMarked;
