package io.avatarservice.client.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who renders instead when the selected provider cannot.
 *
 * @param providers Providers to ask in turn when the selected one fails, by their ids. The selected one itself is passed
 *     over.
 * @param jobDeadline Time that one provider may take for a render while there is another one to ask.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.failover")
public record AvatarFailoverProperties(
        @DefaultValue List<String> providers,
        @DefaultValue("10m") Duration jobDeadline) {

    /** Checks the range. A variable that is set but empty counts as not set. */
    public AvatarFailoverProperties {
        providers = providers.stream()
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        Limits.positive("avatar.failover.job-deadline", jobDeadline);
    }
}
