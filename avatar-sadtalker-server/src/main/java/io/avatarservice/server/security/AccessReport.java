package io.avatarservice.server.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** Says in the log, once the server listens, who may call it. */
final class AccessReport {

    private static final Logger log = LoggerFactory.getLogger(AccessReport.class);

    private final AccessMode mode;
    private final ApiKeys keys;

    AccessReport(AccessMode mode, ApiKeys keys) {
        this.mode = mode;
        this.keys = keys;
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() != null) {
            return; // the actuator's own server
        }
        switch (mode) {
            case KEYS -> log.info("API keys are asked for: {}", keys.describe());
            case LOOPBACK ->
                log.warn("No API keys are set: the server serves THIS MACHINE ONLY, and whoever is on it."
                        + " To serve others, set AVATAR_API_KEYS ('keys generate' makes a key)");
            case OPEN ->
                log.warn("SECURITY IS SWITCHED OFF (avatar.security.enabled=false):"
                        + " everybody who reaches this server may use it, and see and cancel all jobs");
        }
    }
}
