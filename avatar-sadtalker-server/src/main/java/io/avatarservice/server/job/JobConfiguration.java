package io.avatarservice.server.job;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.storage.ObjectReader;
import io.avatarservice.server.storage.VideoStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties({JobProperties.class, WorkDirectoryProperties.class})
class JobConfiguration {

    @Bean
    WorkDirectories workDirectories(WorkDirectoryProperties properties) {
        return new WorkDirectories(properties.workDir());
    }

    @Bean
    JobStore jobStore() {
        return new InMemoryJobStore();
    }

    @Bean
    JobQueue jobQueue(JobProperties properties) {
        return new InMemoryJobQueue(properties.queueCapacity());
    }

    @Bean
    RunningJobs runningJobs() {
        return new RunningJobs();
    }

    @Bean
    MediaFetcher mediaFetcher(MediaProperties properties) {
        return new MediaFetcher(HttpClient.create(), properties.fetch());
    }

    @Bean
    JobLedger jobLedger(JobStore store, JobQueue queue, RunningJobs running, MeterRegistry registry) {
        return new JobLedger(
                store, queue, new JobEvents(), new JobMetrics(registry, queue, running), Clock.systemUTC());
    }

    @Bean
    JobService jobService(JobLedger ledger, JobQueue queue, RunningJobs running) {
        return new JobService(ledger, queue, running);
    }

    @Bean
    JobWorkers jobWorkers(
            JobService service,
            JobLedger ledger,
            JobQueue queue,
            RunningJobs running,
            MediaFetcher fetcher,
            ObjectReader objects,
            MediaProperties limits,
            DriverRegistry drivers,
            TalkingHeadRenderer renderer,
            VideoStore videos,
            JobProperties properties) {
        JobRunner runner = new JobRunner(
                ledger,
                running,
                new JobInputs(fetcher, objects, limits),
                drivers,
                renderer,
                videos,
                properties,
                Schedulers.parallel());
        return new JobWorkers(service, queue, runner, properties);
    }

    @Bean
    JobRetention jobRetention(JobLedger ledger, VideoStore videos, JobProperties properties) {
        return new JobRetention(ledger, videos, properties.retention());
    }
}
