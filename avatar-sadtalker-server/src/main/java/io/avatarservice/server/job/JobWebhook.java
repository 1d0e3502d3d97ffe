package io.avatarservice.server.job;

import java.net.URI;

/**
 * Where a client wants to be called when its job has ended.
 *
 * @param url an absolute http or https URL
 * @param server address under which the client sees this server
 */
public record JobWebhook(URI url, URI server) {

    /** Without the URL: whoever knows it may call it. */
    @Override
    public String toString() {
        return "JobWebhook[server=" + server + "]";
    }
}
