package io.avatarservice.client.health;

import java.util.Map;

/**
 * What a probe found.
 *
 * @param state of the provider
 * @param details for operators, free of secrets
 */
record ProviderHealth(State state, Map<String, Object> details) {

    /** Named as Spring Boot names them. */
    enum State {
        UP,
        DOWN,
        /** There is nothing that this provider could be asked. */
        UNKNOWN
    }
}
