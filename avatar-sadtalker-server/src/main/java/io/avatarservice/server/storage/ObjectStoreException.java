package io.avatarservice.server.storage;

import java.io.Serial;

/**
 * A cloud store did not do what it was asked. The message is for the log; it has no address in it, because that of an
 * upload is a permission. For the same reason there is no cause: the message of an SDK may quote the address.
 */
final class ObjectStoreException extends RuntimeException {

    /** What is wrong, as far as it decides what happens next. */
    enum Kind {
        /** The store cannot be reached, or is overloaded: the same call may succeed later. */
        UNAVAILABLE,
        /** There is no object of this name. */
        NO_OBJECT,
        /** There is no bucket of this name. */
        NO_BUCKET,
        /** The credentials are missing, wrong, or do not allow the call. */
        DENIED,
        /** The credentials do not allow addresses to be signed. */
        CANNOT_SIGN,
        /** The store refuses the call for another reason, such as a bucket in another region. */
        REFUSED
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ObjectStoreException(Kind kind, String message) {
        super(message.replaceAll("\\w+://\\S+", "<address>"));
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
