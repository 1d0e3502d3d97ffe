package io.avatarservice.server.job;

import java.util.regex.Pattern;

/**
 * A client's name for one submission, so that sending it again makes no second job.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {

    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    public IdempotencyKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 visible ASCII characters");
        }
    }

    /** Whether {@code text} has the form of an idempotency key. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
