package io.avatarservice.did.fake;

/** What a client may ask of a provider's server. */
public enum Operation {
    /** Starts a render. */
    SUBMIT,
    /** Looks up one job. */
    FIND,
    /** Looks through the jobs. */
    LIST,
    /** Sends a portrait or a speech ahead of a submit. */
    UPLOAD,
    /** Reads a finished video. */
    DOWNLOAD,
    /** Removes a job or an upload, or stops a job where that is possible. */
    DELETE,
    /** Asks what is left on the account. */
    CREDITS
}
