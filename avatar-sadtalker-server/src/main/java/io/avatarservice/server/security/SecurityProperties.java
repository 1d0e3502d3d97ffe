package io.avatarservice.server.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call the server, and how often.
 *
 * @param enabled Whether a key is asked for. Without one anybody who reaches the server may use it.
 * @param apiKeys Keys of the callers. The server serves its own machine only when not set.
 * @param rateLimit How much one caller may ask for.
 * @param cors Which websites may call from a browser.
 */
@Validated
@ConfigurationProperties("avatar.security")
public record SecurityProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<ApiKeyProperties> apiKeys,
        @DefaultValue @Valid RateLimit rateLimit,
        @DefaultValue Cors cors) {

    public SecurityProperties {
        apiKeys = List.copyOf(apiKeys);
    }

    /**
     * How much one caller may ask for: one key, or one address where no keys are set.
     *
     * @param requestsPerMinute Most calls in a minute; probes, videos, and calls without keys on the loopback address do not
     *     count.
     * @param concurrentJobs Most unfinished jobs. Limited by the queue alone when not set.
     */
    public record RateLimit(
            @DefaultValue("30000") @Positive int requestsPerMinute,
            @Nullable @Positive Integer concurrentJobs) {}

    /**
     * Which websites may call from a browser.
     *
     * @param allowedOrigins Origins such as 'https://studio.example.org'. None when not set.
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {

        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }
}
