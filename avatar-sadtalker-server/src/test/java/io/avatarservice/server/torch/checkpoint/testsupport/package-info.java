/** Writes checkpoints for tests, in every container that the readers know. */
@NullMarked
package io.avatarservice.server.torch.checkpoint.testsupport;

import org.jspecify.annotations.NullMarked;
