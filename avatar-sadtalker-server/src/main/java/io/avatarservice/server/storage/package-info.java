/** Where finished videos go. */
@NullMarked
package io.avatarservice.server.storage;

import org.jspecify.annotations.NullMarked;
