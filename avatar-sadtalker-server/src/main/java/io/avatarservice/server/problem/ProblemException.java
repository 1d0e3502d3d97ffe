package io.avatarservice.server.problem;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is explained to the caller. The message is shown as it is: it names the limit and what was found,
 * and never contains a secret, a path of this machine or a signed URL. One without a cause has no stack trace: a busy server
 * makes many, and the message says it all.
 */
public class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final @Nullable String field;

    /** A failure that is not about one field. */
    public ProblemException(ProblemCode code, String message) {
        this(code, null, message, null);
    }

    /** A failure of the request field {@code field}. */
    public ProblemException(ProblemCode code, @Nullable String field, String message) {
        this(code, field, message, null);
    }

    public ProblemException(ProblemCode code, @Nullable String field, String message, @Nullable Throwable cause) {
        super(message, cause, cause != null, cause != null);
        this.code = code;
        this.field = field;
    }

    public ProblemCode code() {
        return code;
    }

    /** The request field at fault, in its wire name ({@code image_b64}), or {@code null} where it is not one field. */
    public @Nullable String field() {
        return field;
    }

    /** The message; never {@code null} here. */
    public String reason() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }

    /** The same failure of a field as the client named it, which its message then begins with. */
    public ProblemException withField(String wireName) {
        return new ProblemException(code, wireName, wireName + ": " + reason(), this);
    }
}
