/** What operators ask of a running server: its health, its memory and disks, and the traces in its log. */
@NullMarked
package io.avatarservice.server.operations;

import org.jspecify.annotations.NullMarked;
