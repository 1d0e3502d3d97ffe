package io.avatarservice.server.webhook;

import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.job.JobNode;
import io.avatarservice.server.job.JobProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.scheduler.Scheduler;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookConfiguration {

    // The databases keep microseconds; a time must not change when it is read back.
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));

    @Bean
    WebhookSecrets webhookSecrets(WebhookProperties properties) {
        return WebhookSecrets.of(properties);
    }

    @Bean
    WebhookStore webhookStore(JdbcClient jdbc) {
        return new WebhookStore(jdbc);
    }

    @Bean
    WebhookQueue webhookQueue(DataSource database) {
        return new WebhookQueue(database);
    }

    @Bean
    WebhookOutbox webhookOutbox(WebhookStore store, WebhookQueue queue) {
        return new WebhookOutbox(store, queue);
    }

    @Bean
    WebhookService webhookService(
            WebhookStore store,
            WebhookOutbox outbox,
            WebhookSecrets secrets,
            FetchGuard guard,
            PlatformTransactionManager transactions) {
        return new WebhookService(store, outbox, secrets, guard, new TransactionTemplate(transactions), CLOCK);
    }

    @Bean
    WebhookMetrics webhookMetrics(MeterRegistry registry) {
        return new WebhookMetrics(registry, CLOCK);
    }

    @Bean
    WebhookWorkers webhookWorkers(
            WebhookStore store,
            WebhookQueue queue,
            WebhookMetrics metrics,
            WebhookBody bodies,
            WebhookSecrets secrets,
            FetchGuard guard,
            JobNode node,
            DataSource database,
            Scheduler jobTimer,
            WebhookProperties properties,
            JobProperties jobs) {
        RetrySchedule schedule = new RetrySchedule(properties.retryDelays(), new SecureRandom());
        return new WebhookWorkers(
                store,
                queue,
                metrics,
                node,
                () -> {
                    WebhookSender sender = new WebhookSender(guard, properties, CLOCK);
                    ReceiverSlots slots = new ReceiverSlots(properties.concurrencyPerReceiver());
                    WebhookAttempts attempts =
                            new WebhookAttempts(store, bodies, secrets, sender, schedule, slots, metrics, CLOCK);
                    return new WebhookDispatcher(attempts, sender, jobTimer, node, database, properties, jobs, CLOCK);
                },
                jobTimer,
                jobs);
    }
}
