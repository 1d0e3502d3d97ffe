package io.avatarservice.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * db-scheduler, which gives each waiting job to one worker of one server, notices servers that died, and gives their jobs
 * to others. The thread that has a job is the one that renders: while it does, the job has a heartbeat.
 */
final class JobDispatcher {

    private static final Logger log = LoggerFactory.getLogger(JobDispatcher.class);
    // After that, threads are interrupted that do not end.
    private static final Duration STOPPING = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final JobLedger ledger;
    private final JobRunner runner;
    private final Scheduler scheduler;

    JobDispatcher(JobLedger ledger, JobRunner runner, JobNode node, DataSource database, JobProperties properties) {
        this.ledger = ledger;
        this.runner = runner;
        this.scheduler = NodeScheduler.builder(
                        database,
                        task(),
                        JobQueue.TABLE,
                        workers(properties.niceness()),
                        properties.workers(),
                        node,
                        properties)
                .enablePriority()
                .shutdownMaxWait(STOPPING)
                .build();
    }

    void start() {
        scheduler.start();
    }

    /** Looks for waiting jobs now. */
    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Takes no more jobs; those that are taken keep their heartbeat. */
    void pause() {
        scheduler.pause();
    }

    void stop() {
        scheduler.stop();
    }

    private static ThreadFactory workers(int niceness) {
        ThreadFactory threads = new CustomizableThreadFactory("render-");
        return work -> threads.newThread(() -> {
            Niceness.ofThisThread(niceness);
            work.run();
        });
    }

    private CustomTask<Void> task() {
        return Tasks.custom(JobQueue.RENDER)
                .onDeadExecution(this::dead)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .execute((instance, context) -> run(instance));
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance) {
        JobId id = new JobId(instance.getId());
        boolean over = JobLog.with(id, () -> runner.run(id));
        return (complete, operations) -> {
            try {
                if (over) {
                    operations.stop();
                } else {
                    again(complete, operations);
                }
            } catch (ExecutionException e) {
                log.info("Job {} has gone to another server meanwhile", id);
            }
        };
    }

    /** The server that had the job has died, or has not been heard of for as long. */
    private void dead(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        JobId id = new JobId(complete.getExecution().taskInstance.getId());
        log.warn("Job {} waits again: the server that had it shows no sign of life", id);
        again(complete, operations);
        ledger.requeue(id);
    }

    /** The job keeps its place in the queue. */
    private static void again(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().executionTime);
    }
}
