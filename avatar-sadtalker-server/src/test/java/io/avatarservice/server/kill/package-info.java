/** Kills servers at random moments and counts what became of their jobs. */
@NullMarked
package io.avatarservice.server.kill;

import org.jspecify.annotations.NullMarked;
