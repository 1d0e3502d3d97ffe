package io.avatarservice.client.autoconfigure;

import java.io.Serial;

/**
 * The application runs on a Spring Boot that the starter was not made for.
 *
 * @since 0.1.0
 */
public final class IncompatibleSpringBootException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    IncompatibleSpringBootException(String version) {
        super(
                "avatar-client-starter works with Spring Boot 3.5, 4.0 and 4.1, but this application runs on " + version
                        + ".",
                "Change the version of Spring Boot or of avatar-client-starter. To try it nevertheless, set "
                        + CompatibilityVerifier.PROPERTY + " to false.");
    }
}
