package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import java.io.Serial;

/** A submit whose answer was lost, and of which it is certain by now that no job came: it may be made again, anywhere. */
final class ReconciledException extends AvatarException {

    @Serial
    private static final long serialVersionUID = 1L;

    ReconciledException(AvatarException unconfirmed) {
        super(builder(unconfirmed.kind(), unconfirmed.reason() + "; the provider has no such job")
                .provider(unconfirmed.provider())
                .retryAfter(unconfirmed.retryAfter())
                .cause(unconfirmed));
    }
}
