/** Networks that are ready to run: installed from checkpoints where that has not been done yet. */
@NullMarked
package io.avatarservice.server.torch.network;

import org.jspecify.annotations.NullMarked;
