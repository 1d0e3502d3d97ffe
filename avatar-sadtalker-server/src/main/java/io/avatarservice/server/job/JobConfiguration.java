package io.avatarservice.server.job;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.storage.ObjectReader;
import io.avatarservice.server.storage.VideoStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
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
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobProperties.class, StateProperties.class})
class JobConfiguration {

    // The databases keep microseconds; a time must not change when it is read back.
    private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));

    // Beside one writer for each worker: two for housekeeping, and what is scheduled once.
    private static final int OTHER_TIMERS = 4;

    @Bean
    JobNode jobNode(StateProperties properties) {
        return JobNode.open(properties.resolvedStateDir());
    }

    @Bean
    WorkDirectories workDirectories(StateProperties properties, JobNode node) {
        return new WorkDirectories(properties.resolvedWorkDir(), node.name());
    }

    @Bean
    JobStore jobStore(JdbcClient jdbc, PlatformTransactionManager transactions, WorkDirectories directories) {
        return new JdbcJobStore(jdbc, new TransactionTemplate(transactions), directories);
    }

    @Bean
    JobQueue jobQueue(DataSource database) {
        return new JobQueue(database);
    }

    @Bean
    RunningJobs runningJobs() {
        return new RunningJobs();
    }

    @Bean
    JobWatches jobWatches(JobStore store) {
        return new JobWatches(store);
    }

    @Bean
    MediaFetcher mediaFetcher(FetchGuard guard, MediaProperties properties) {
        return new MediaFetcher(guard, properties.fetch());
    }

    @Bean
    JobLedger jobLedger(
            JobStore store,
            JobQueue queue,
            JobOutbox outbox,
            PlatformTransactionManager transactions,
            JobWatches watches,
            RunningJobs running,
            MeterRegistry registry,
            JobProperties properties) {
        JobLoads loads = new JobLoads(running, properties, CLOCK);
        return new JobLedger(
                store,
                queue,
                outbox,
                new TransactionTemplate(transactions),
                watches,
                loads,
                new JobMetrics(registry, loads, running, properties, CLOCK),
                CLOCK,
                properties);
    }

    @Bean
    JobTraces jobTraces(ObservationRegistry observations) {
        return new JobTraces(observations);
    }

    @Bean
    JobService jobService(JobLedger ledger, JobWatches watches, RunningJobs running, JobTraces traces) {
        return new JobService(ledger, watches, running, traces);
    }

    @Bean(destroyMethod = "dispose")
    Scheduler jobTimer(JobProperties properties) {
        return Schedulers.newBoundedElastic(properties.workers() + OTHER_TIMERS, 10_000, "jobs", 60, true);
    }

    @Bean
    JobRunner jobRunner(
            JobLedger ledger,
            RunningJobs running,
            MediaFetcher fetcher,
            ObjectReader objects,
            MediaProperties limits,
            DriverRegistry drivers,
            TalkingHeadRenderer renderer,
            VideoStore videos,
            JobTraces traces,
            JobProperties properties,
            Scheduler jobTimer) {
        return new JobRunner(
                ledger,
                running,
                new JobInputs(fetcher, objects, limits),
                drivers,
                renderer,
                videos,
                traces,
                properties,
                jobTimer);
    }

    @Bean
    BatchStore batchStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new BatchStore(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    BatchService batchService(BatchStore batches, JobLedger ledger) {
        return new BatchService(batches, ledger);
    }

    @Bean
    JobSweep jobSweep(JobLedger ledger, VideoStore videos, WorkDirectories directories, BatchStore batches) {
        return new JobSweep(ledger, videos, directories, batches);
    }

    @Bean
    JobWorkers jobWorkers(
            JobService service,
            JobLedger ledger,
            JobQueue queue,
            JobRunner runner,
            RunningJobs running,
            JobSweep sweep,
            JobNode node,
            DataSource database,
            Scheduler jobTimer,
            JobProperties properties) {
        return new JobWorkers(
                service,
                ledger,
                queue,
                running,
                sweep,
                node,
                () -> new JobDispatcher(ledger, runner, node, database, properties),
                jobTimer,
                properties);
    }
}
