package io.avatarservice.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** What the schedulers of a node have in common: its name, its heartbeats, and that they take no more than they can do. */
public final class NodeScheduler {

    private NodeScheduler() {}

    /**
     * Begins a scheduler with threads of its own.
     *
     * @param table that it takes work from
     * @param factory makes the threads of the work
     * @param threads how many pieces of work it does at a time
     */
    public static SchedulerBuilder builder(
            DataSource database,
            Task<?> task,
            String table,
            ThreadFactory factory,
            int threads,
            JobNode node,
            JobProperties properties) {
        JdbcCustomization dialect = SchedulerDialect.of(database);
        SchedulerBuilder builder = Scheduler.create(database, task)
                .jdbcCustomization(dialect)
                .schedulerName(new SchedulerName.Fixed(node.name()))
                .tableName(table)
                .threads(threads)
                .executorService(Executors.newFixedThreadPool(threads, factory))
                .pollingInterval(properties.pollInterval())
                .heartbeatInterval(properties.heartbeat().interval())
                .missedHeartbeatsLimit(properties.heartbeat().missed());
        // Never more than there are free threads: what is taken and waits has no heartbeat, and would be taken for
        // dead.
        return dialect.supportsSingleStatementLockAndFetch()
                ? builder.pollUsingLockAndFetch(0.99, 1)
                : builder.pollUsingFetchAndLockOnExecute(0.99, 1);
    }
}
