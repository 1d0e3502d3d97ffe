package io.avatarservice.server.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The jobs that wait for a worker or have one, as executions of db-scheduler. Carries ids only; the store has the rest.
 * What changes it joins the caller's transaction.
 */
final class JobQueue {

    static final String TABLE = "avatar_job_schedule";
    static final TaskDescriptor<Void> RENDER = TaskDescriptor.of("render");

    // Executions are due long since: a clock that is set back, or behind those of other servers, keeps nobody waiting.
    private static final Duration DUE_SINCE = Duration.ofDays(2);

    private final SchedulerClient client;
    private final JdbcClient jdbc;
    private volatile Runnable listener = () -> {};

    JobQueue(DataSource database) {
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(database))
                .jdbcCustomization(SchedulerDialect.of(database))
                .tableName(TABLE)
                .enablePriority()
                .build();
        this.jdbc = JdbcClient.create(database);
    }

    /** Appends a job. */
    void add(Job job) {
        client.scheduleIfNotExists(RENDER.instance(job.id().value())
                .priority(job.terms().priority())
                .scheduledTo(dueTime(job)));
    }

    /** Takes out a job that waits; one that a worker has stays until the worker lets it go. */
    void remove(JobId id) {
        try {
            client.cancel(RENDER.instanceId(id.value()));
        } catch (TaskInstanceException takenOrGone) {
            // Its worker finds that there is nothing to do.
        }
    }

    /** Tells the workers of this server to look for jobs now. Call it after the commit. */
    void wake() {
        listener.run();
    }

    void onWake(Runnable workers) {
        listener = workers;
    }

    /** Whether a worker of any server, alive or not known to be dead, has the job. */
    boolean taken(JobId id) {
        return jdbc.sql("select picked from avatar_job_schedule where task_name = :task and task_instance = :id")
                .param("task", RENDER.getTaskName())
                .param("id", id.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Jobs that have not finished and are not here. */
    List<JobId> missing() {
        return jdbc.sql("""
                select id from avatar_job where status in ('queued', 'running')
                    and not exists (select 1 from avatar_job_schedule where task_instance = avatar_job.id)""").query((row, number) -> new JobId(row.getString(1))).list();
    }

    /** The jobs that a server took. */
    List<JobId> takenBy(String node) {
        return jdbc.sql("select task_instance from avatar_job_schedule where picked = true and picked_by = :node")
                .param("node", node)
                .query((row, number) -> new JobId(row.getString(1)))
                .list();
    }

    /** Makes those jobs wait again: the server is known to be dead. */
    void giveUp(String node) {
        jdbc.sql("""
                update avatar_job_schedule
                set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                where picked = true and picked_by = :node""").param("node", node).update();
    }

    private static Instant dueTime(Job job) {
        return job.createdAt().minus(DUE_SINCE);
    }
}
