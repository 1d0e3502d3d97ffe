package io.avatarservice.server.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs in the table {@code avatar_job} of H2 or PostgreSQL. */
final class JdbcJobStore implements JobStore {

    // Far more often than a job has writers: its worker, and now and then a client who cancels.
    private static final int UPDATE_ATTEMPTS = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WorkDirectories directories;
    private final JobJson json = new JobJson();
    private final JobRow row = new JobRow(json);

    JdbcJobStore(JdbcClient jdbc, TransactionTemplate transaction, WorkDirectories directories) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.directories = directories;
    }

    @Override
    public void insert(JobRecord added) {
        Job job = added.job();
        if (added.key() != null) {
            // First, so that equal submissions wait for each other here and nowhere else.
            jdbc.sql("""
                    insert into avatar_job_key (key_text, owner, job_id, fingerprint, created_at)
                    values (:key, :owner, :id, :fingerprint, :created_at)""")
                    .param("key", added.key().text())
                    .param("owner", added.key().owner())
                    .param("id", job.id().value())
                    .param("fingerprint", added.fingerprint())
                    .param("created_at", JobRow.timestamp(job.createdAt()))
                    .update();
        }
        Map<String, @Nullable Object> columns = new HashMap<>(row.changing(job));
        columns.put("id", job.id().value());
        columns.put("owner", added.owner());
        columns.put("driver", job.driver());
        columns.put("priority", job.terms().priority());
        columns.put("deadline", JobRow.timestamp(job.terms().deadline()));
        columns.put(
                "ttl_seconds",
                job.terms().ttl() == null ? null : job.terms().ttl().toSeconds());
        columns.put("created_at", JobRow.timestamp(job.createdAt()));
        columns.put("shared", job.shared());
        columns.put("version", job.version());
        columns.put("spec", json.spec(added.spec()));
        columns.put("work_dir", added.spec().directory().name());
        columns.put("fingerprint", added.fingerprint());
        jdbc.sql("""
                insert into avatar_job (id, owner, status, driver, priority, deadline, ttl_seconds, created_at, started_at,
                    finished_at, expires_at, stage, stage_since, progress, stage_times, result, error, shared, attempts,
                    lease, former_leases, version, spec, work_dir, fingerprint)
                values (:id, :owner, :status, :driver, :priority, :deadline, :ttl_seconds, :created_at, :started_at,
                    :finished_at, :expires_at, :stage, :stage_since, :progress, :stage_times, :result, :error, :shared,
                    :attempts, :lease, :former_leases, :version, :spec, :work_dir, :fingerprint)""").params(columns).update();
    }

    @Override
    public Optional<JobHolder> holder(SubmissionKey key) {
        // One from before owners were noted is everybody's.
        return jdbc.sql("""
                select job_id, owner, fingerprint from avatar_job_key
                where key_text = :key and (owner in (:owner, '') or :any_owner)""")
                .param("key", key.text())
                .param("owner", key.owner())
                .param("any_owner", key.isId())
                .query(JdbcJobStore::holder)
                .optional();
    }

    @Override
    public Optional<JobHolder> holder(JobId id) {
        return jdbc.sql("select id, owner, fingerprint from avatar_job where id = :id")
                .param("id", id.value())
                .query(JdbcJobStore::holder)
                .optional();
    }

    @Override
    public Optional<Job> find(JobId id) {
        return jdbc.sql("select * from avatar_job where id = :id")
                .param("id", id.value())
                .query(row)
                .optional();
    }

    @Override
    public List<Job> findAll(Collection<JobId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select * from avatar_job where id in (:ids)")
                .param("ids", ids.stream().map(JobId::value).toList())
                .query(row)
                .list();
    }

    @Override
    public Optional<JobSpec> spec(JobId id) {
        return jdbc.sql("select spec, work_dir from avatar_job where id = :id and spec is not null")
                .param("id", id.value())
                .query((found, number) -> json.spec(found.getString(1), directories.open(found.getString(2))))
                .optional();
    }

    @Override
    public Optional<Job> update(JobId id, Predicate<Job> expected, UnaryOperator<Job> change) {
        for (int attempt = 0; attempt < UPDATE_ATTEMPTS; attempt++) {
            Optional<Job> current = find(id).filter(expected);
            if (current.isEmpty()) {
                return Optional.empty();
            }
            Job next = change.apply(current.get()).withVersion(current.get().version() + 1);
            if (write(next, current.get())) {
                return Optional.of(next);
            }
        }
        throw new OptimisticLockingFailureException("job " + id + " changes too often");
    }

    /** Version and lease must be those that were read: whoever slept meanwhile overwrites nothing. */
    private boolean write(Job next, Job current) {
        Lease lease = current.runs().lease();
        Map<String, @Nullable Object> columns = new HashMap<>(row.changing(next));
        columns.put("id", next.id().value());
        columns.put("finished", next.status().finished());
        columns.put("next_version", next.version());
        columns.put("read_version", current.version());
        columns.put("read_lease", lease == null ? "" : lease.toString());
        return jdbc.sql("""
                update avatar_job
                set status = :status, started_at = :started_at, finished_at = :finished_at, expires_at = :expires_at,
                    stage = :stage, stage_since = :stage_since, progress = :progress, stage_times = :stage_times,
                    result = :result, error = :error, attempts = :attempts, lease = :lease,
                    former_leases = :former_leases, version = :next_version,
                    spec = case when :finished then null else spec end
                where id = :id and version = :read_version and coalesce(lease, '') = :read_lease""").params(columns).update() == 1;
    }

    @Override
    public boolean share(JobId id, @Nullable SubmissionKey key) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (key != null && !lockKeys(id)) {
                return false;
            }
            return jdbc.sql("update avatar_job set shared = true where id = :id")
                            .param("id", id.value())
                            .update()
                    == 1;
        }));
    }

    @Override
    public boolean release(JobId id) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            // Whoever attaches locks the key too: either it is seen here, or it finds no key any more.
            lockKeys(id);
            boolean wanted =
                    find(id).map(job -> job.shared() || job.status().finished()).orElse(true);
            if (!wanted) {
                jdbc.sql("delete from avatar_job_key where job_id = :id")
                        .param("id", id.value())
                        .update();
            }
            return !wanted;
        }));
    }

    private boolean lockKeys(JobId id) {
        return jdbc.sql("select job_id from avatar_job_key where job_id = :id for update")
                .param("id", id.value())
                .query(String.class)
                .optional()
                .isPresent();
    }

    private static JobHolder holder(ResultSet found, int number) throws SQLException {
        return new JobHolder(new JobId(found.getString(1)), found.getString(2), found.getString(3));
    }

    @Override
    public List<Job> list(@Nullable JobStatus status, @Nullable JobCursor after, int limit) {
        Map<String, Object> values = new HashMap<>();
        values.put("limit", limit);
        StringBuilder where = new StringBuilder("where true");
        if (status != null) {
            where.append(" and status = :status");
            values.put("status", status.wireName());
        }
        if (after != null) {
            where.append(" and (created_at < :time or (created_at = :time and id < :id))");
            values.put("time", Objects.requireNonNull(JobRow.timestamp(after.createdAt())));
            values.put("id", after.id().value());
        }
        return jdbc.sql("select * from avatar_job " + where + " order by created_at desc, id desc limit :limit")
                .params(values)
                .query(row)
                .list();
    }

    @Override
    public List<JobId> waiting() {
        return jdbc.sql("""
                select id from avatar_job where status = 'queued' order by priority desc, created_at, id""")
                .query((found, number) -> new JobId(found.getString(1)))
                .list();
    }

    @Override
    public int ahead(Job job) {
        return jdbc.sql("""
                select count(*) from avatar_job
                where status = 'queued' and (priority > :priority or (priority = :priority
                    and (created_at < :time or (created_at = :time and id < :id))))""")
                .param("priority", job.terms().priority())
                .param("time", JobRow.timestamp(job.createdAt()))
                .param("id", job.id().value())
                .query(Integer.class)
                .single();
    }

    @Override
    public QueueState queue() {
        return jdbc.sql("select count(*), min(created_at) as oldest from avatar_job where status = 'queued'")
                .query((found, number) -> new QueueState(found.getInt(1), JobRow.instant(found, "oldest")))
                .single();
    }

    @Override
    public List<JobId> overdue(Instant now, int limit) {
        return jdbc.sql("select id from avatar_job where status = 'queued' and deadline < :now limit :limit")
                .param("now", JobRow.timestamp(now))
                .param("limit", limit)
                .query((found, number) -> new JobId(found.getString(1)))
                .list();
    }

    @Override
    public List<Job> forgettable(Instant now, Instant finishedBefore, int keep, int limit) {
        // H2 evaluates a subquery once for each row where it is one of several conditions, and once in all where it is
        // the only one.
        return jdbc.sql("""
                select * from avatar_job where id in (
                    select id from avatar_job where finished_at < :finished_before or expires_at < :now
                    union
                    (select id from avatar_job where finished_at is not null
                    order by finished_at desc, id offset :keep rows))
                order by finished_at limit :limit""")
                .param("finished_before", JobRow.timestamp(finishedBefore))
                .param("now", JobRow.timestamp(now))
                .param("keep", keep)
                .param("limit", limit)
                .query(row)
                .list();
    }

    @Override
    public void remove(JobId id) {
        jdbc.sql("delete from avatar_job where id = :id")
                .param("id", id.value())
                .update();
    }

    @Override
    public void removeKeys(Instant createdBefore) {
        jdbc.sql("""
                delete from avatar_job_key
                where created_at < :before and not exists (select 1 from avatar_job where id = job_id)""").param("before", JobRow.timestamp(createdBefore)).update();
    }

    @Override
    public Map<String, JobStatus> directories(Collection<String> names) {
        Map<String, JobStatus> states = new HashMap<>();
        if (!names.isEmpty()) {
            jdbc.sql("select work_dir, status from avatar_job where work_dir in (:names)")
                    .param("names", names)
                    .query(found -> {
                        states.put(found.getString(1), JobRow.status(found.getString(2)));
                    });
        }
        return states;
    }
}
