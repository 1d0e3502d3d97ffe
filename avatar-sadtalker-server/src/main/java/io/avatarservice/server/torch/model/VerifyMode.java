package io.avatarservice.server.torch.model;

/** What becomes of a checkpoint whose SHA-256 is not the published one. */
public enum VerifyMode {
    /** It is used, and a warning says so: people fine-tune. */
    WARN,
    /** It is refused. */
    STRICT,
    /** Nothing is compared. */
    OFF
}
