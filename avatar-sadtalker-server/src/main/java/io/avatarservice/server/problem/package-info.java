/** What can go wrong, once, for every room: codes, their HTTP status, and the exception that carries them. */
@NullMarked
package io.avatarservice.server.problem;

import org.jspecify.annotations.NullMarked;
