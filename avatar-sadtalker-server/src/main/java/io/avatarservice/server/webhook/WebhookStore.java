package io.avatarservice.server.webhook;

import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobWebhook;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deliveries in the table {@code avatar_webhook} of H2 or PostgreSQL. Joins the caller's transaction. Thread-safe; every
 * call blocks.
 */
final class WebhookStore {

    private final JdbcClient jdbc;

    WebhookStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(WebhookDelivery delivery) {
        Map<String, @Nullable Object> columns = changing(delivery);
        columns.put("message_id", delivery.messageId());
        columns.put("url", delivery.target().url().toString());
        columns.put("server", delivery.target().server().toString());
        jdbc.sql("""
                insert into avatar_webhook (job_id, message_id, url, server, state, rounds, attempts, pending_since,
                    next_attempt_at, last_attempt_at, last_status, last_error)
                values (:job_id, :message_id, :url, :server, :state, :rounds, :attempts, :pending_since,
                    :next_attempt_at, :last_attempt_at, :last_status, :last_error)""").params(columns).update();
    }

    Optional<WebhookDelivery> find(JobId job) {
        return select("", job);
    }

    /** Finds it, and lets nobody else change it before the end of the transaction. */
    Optional<WebhookDelivery> lock(JobId job) {
        return select(" for update", job);
    }

    /**
     * Puts a snapshot in place of the one that was read.
     *
     * @return {@code false} where somebody else was faster, or the job is forgotten
     */
    boolean replace(WebhookDelivery read, WebhookDelivery next) {
        Map<String, @Nullable Object> columns = changing(next);
        columns.put("read_state", read.state().wireName());
        columns.put("read_rounds", read.rounds());
        columns.put("read_attempts", read.attempts());
        return jdbc.sql("""
                update avatar_webhook
                set state = :state, rounds = :rounds, attempts = :attempts, pending_since = :pending_since,
                    next_attempt_at = :next_attempt_at, last_attempt_at = :last_attempt_at, last_status = :last_status,
                    last_error = :last_error
                where job_id = :job_id and state = :read_state and rounds = :read_rounds
                    and attempts = :read_attempts""").params(columns).update() == 1;
    }

    void remove(JobId job) {
        jdbc.sql("delete from avatar_webhook where job_id = :job")
                .param("job", job.value())
                .update();
    }

    PendingWebhooks pending() {
        return jdbc.sql("select count(*), min(pending_since) as oldest from avatar_webhook where state = 'pending'")
                .query((row, number) -> new PendingWebhooks(row.getInt(1), instant(row, "oldest")))
                .single();
    }

    private Optional<WebhookDelivery> select(String lock, JobId job) {
        return jdbc.sql("select * from avatar_webhook where job_id = :job" + lock)
                .param("job", job.value())
                .query(WebhookStore::delivery)
                .optional();
    }

    private static Map<String, @Nullable Object> changing(WebhookDelivery delivery) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("job_id", delivery.job().value());
        columns.put("state", delivery.state().wireName());
        columns.put("rounds", delivery.rounds());
        columns.put("attempts", delivery.attempts());
        columns.put("pending_since", timestamp(delivery.pendingSince()));
        columns.put("next_attempt_at", timestamp(delivery.nextAttemptAt()));
        columns.put("last_attempt_at", timestamp(delivery.lastAttemptAt()));
        columns.put("last_status", delivery.lastStatus());
        columns.put("last_error", delivery.lastError());
        return columns;
    }

    private static WebhookDelivery delivery(ResultSet row, int number) throws SQLException {
        int status = row.getInt("last_status");
        boolean answered = !row.wasNull();
        return new WebhookDelivery(
                new JobId(row.getString("job_id")),
                row.getString("message_id"),
                new JobWebhook(URI.create(row.getString("url")), URI.create(row.getString("server"))),
                WebhookState.parse(row.getString("state")),
                row.getInt("rounds"),
                row.getInt("attempts"),
                instant(row, "pending_since"),
                instant(row, "next_attempt_at"),
                instant(row, "last_attempt_at"),
                answered ? Integer.valueOf(status) : null,
                row.getString("last_error"));
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
