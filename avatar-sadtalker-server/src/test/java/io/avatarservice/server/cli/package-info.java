/** Tests of the command line. */
@NullMarked
package io.avatarservice.server.cli;

import org.jspecify.annotations.NullMarked;
