package io.avatarservice.server.torch.checkpoint;

/** Values of a pickle that carry no information. */
enum PickleConstant {
    /** Python's None. */
    NONE,
    /** An object that checkpoints may contain beside their tensors, and of which nothing is needed. */
    OPAQUE
}
