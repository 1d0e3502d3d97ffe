package io.avatarservice.server.api;

import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the REST API answers.
 *
 * @param publicUrl Address under which clients reach the server, the base of video URLs. Taken from the request when not
 *     set.
 * @param syncWait Longest time that '/generate' waits for the video before it answers 'queued'.
 * @param maxJsonSize Largest JSON request body.
 * @param maxSubmissions Most submissions that are received and checked at the same time; more wait for 60 ms and are
 *     refused then. 3 for each processor when not set.
 * @param maxBatchSize Most jobs of one batch.
 * @param retryAfter Time after which clients are told to come back when the server is busy.
 * @param heartbeat Time between two comments that keep an idle event stream open.
 */
@Validated
@ConfigurationProperties("avatar.server")
public record ServerProperties(
        @Nullable URI publicUrl,
        @DefaultValue("50s") Duration syncWait,
        @DefaultValue("64MB") DataSize maxJsonSize,
        @Nullable @Positive Integer maxSubmissions,
        @DefaultValue("100") int maxBatchSize,
        @DefaultValue("10s") Duration retryAfter,
        @DefaultValue("15s") Duration heartbeat) {

    public ServerProperties {
        // An environment variable that is set but empty means the same as one that is not set.
        if (publicUrl != null && publicUrl.toString().isBlank()) {
            publicUrl = null;
        }
    }
}
