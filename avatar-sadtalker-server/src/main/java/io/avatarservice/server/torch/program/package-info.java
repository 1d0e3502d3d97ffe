/** Weight-less TorchScript programs, and their installation with the weights of a checkpoint. */
@NullMarked
package io.avatarservice.server.torch.program;

import org.jspecify.annotations.NullMarked;
