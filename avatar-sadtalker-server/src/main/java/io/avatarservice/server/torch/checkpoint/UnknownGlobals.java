package io.avatarservice.server.torch.checkpoint;

/**
 * What becomes of a pickle that mentions classes or functions which no state dictionary needs. Either way none of them is
 * looked up, made or called.
 */
public enum UnknownGlobals {
    /** The file is refused, naming the first of them. */
    REFUSED,
    /** What they stand for is left out. For files that hold tensors beside objects that nobody reads. */
    SKIPPED
}
