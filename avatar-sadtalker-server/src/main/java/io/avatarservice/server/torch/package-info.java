/** PyTorch through DJL: where networks run, and what passes in and out of them. */
@NullMarked
package io.avatarservice.server.torch;

import org.jspecify.annotations.NullMarked;
