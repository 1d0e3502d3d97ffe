package io.avatarservice.server.torch.program;

/** Where weight expressions take tensors from. */
@FunctionalInterface
interface TensorSource {

    /** The tensor of this name below the program's prefix. */
    Weights tensor(String name);
}
