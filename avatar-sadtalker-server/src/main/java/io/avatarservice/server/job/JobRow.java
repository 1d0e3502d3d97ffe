package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderStage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** A job as a row of {@code avatar_job}. */
final class JobRow implements RowMapper<Job> {

    private final JobJson json;

    JobRow(JobJson json) {
        this.json = json;
    }

    @Override
    public Job mapRow(ResultSet row, int number) throws SQLException {
        String stage = row.getString("stage");
        String lease = row.getString("lease");
        long ttl = row.getLong("ttl_seconds");
        boolean ownTtl = !row.wasNull();
        return new Job(
                new JobId(row.getString("id")),
                status(row.getString("status")),
                row.getString("driver"),
                new JobTerms(row.getInt("priority"), instant(row, "deadline"), ownTtl ? Duration.ofSeconds(ttl) : null),
                stage == null ? null : RenderStage.valueOf(stage.toUpperCase(Locale.ROOT)),
                instant(row, "stage_since"),
                row.getDouble("progress"),
                time(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                json.result(row.getString("result")),
                json.error(row.getString("error")),
                json.stageTimes(row.getString("stage_times")),
                row.getBoolean("shared"),
                new JobRuns(
                        row.getInt("attempts"),
                        lease == null ? null : Lease.parse(lease),
                        json.leases(row.getString("former_leases"))),
                row.getLong("version"));
    }

    /** The columns that change with the job, by name. */
    Map<String, @Nullable Object> changing(Job job) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("status", job.status().wireName());
        columns.put("started_at", timestamp(job.startedAt()));
        columns.put("finished_at", timestamp(job.finishedAt()));
        columns.put("expires_at", timestamp(expiry(job)));
        columns.put("stage", job.stage() == null ? null : job.stage().wireName());
        columns.put("stage_since", timestamp(job.stageSince()));
        columns.put("progress", job.progress());
        columns.put("stage_times", json.stageTimes(job.stageTimes()));
        columns.put("result", json.result(job.result()));
        columns.put("error", json.error(job.error()));
        columns.put("attempts", job.runs().attempts());
        columns.put(
                "lease", job.runs().lease() == null ? null : job.runs().lease().toString());
        columns.put("former_leases", json.leases(job.runs().former()));
        return columns;
    }

    static JobStatus status(String column) {
        return JobStatus.valueOf(column.toUpperCase(Locale.ROOT));
    }

    static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** A column that is never null. */
    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant expiry(Job job) {
        return job.finishedAt() == null || job.terms().ttl() == null
                ? null
                : job.finishedAt().plus(job.terms().ttl());
    }
}
