/** Readers of the official checkpoint files, in every container that PyTorch projects publish. */
@NullMarked
package io.avatarservice.server.torch.checkpoint;

import org.jspecify.annotations.NullMarked;
