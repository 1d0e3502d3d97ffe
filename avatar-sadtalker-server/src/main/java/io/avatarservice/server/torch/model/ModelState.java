package io.avatarservice.server.torch.model;

/** What is known of a checkpoint file. */
public enum ModelState {
    /** It is nowhere. */
    MISSING,
    /** It is there; its content has not been compared. */
    PRESENT,
    /** Its content is the published one. */
    OFFICIAL,
    /** It is a checkpoint, but not the published one. */
    UNOFFICIAL,
    /** It is no checkpoint, or not a whole one. */
    DAMAGED
}
