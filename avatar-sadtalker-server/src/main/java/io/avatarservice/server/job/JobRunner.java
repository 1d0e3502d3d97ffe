package io.avatarservice.server.job;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.RenderCancelledException;
import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.RenderedVideo;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.StoredVideo;
import io.avatarservice.server.storage.VideoStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.transaction.TransactionException;
import org.springframework.util.FileSystemUtils;
import reactor.core.scheduler.Scheduler;

/** Takes one job from the queue to its end, whatever that is, and cleans up behind it. */
final class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final JobLedger ledger;
    private final RunningJobs running;
    private final JobInputs inputs;
    private final DriverRegistry drivers;
    private final TalkingHeadRenderer renderer;
    private final VideoStore videos;
    private final JobTraces traces;
    private final JobProperties properties;
    private final Scheduler scheduler;

    JobRunner(
            JobLedger ledger,
            RunningJobs running,
            JobInputs inputs,
            DriverRegistry drivers,
            TalkingHeadRenderer renderer,
            VideoStore videos,
            JobTraces traces,
            JobProperties properties,
            Scheduler scheduler) {
        this.ledger = ledger;
        this.running = running;
        this.inputs = inputs;
        this.drivers = drivers;
        this.renderer = renderer;
        this.videos = videos;
        this.traces = traces;
        this.properties = properties;
        this.scheduler = scheduler;
    }

    /**
     * Runs the job, if something is left to do for it. Every failure of the render ends up in the job.
     *
     * @return whether the job is over; else it waits again
     * @throws RuntimeException where the database does not answer
     */
    boolean run(JobId id) {
        try (RunningJob job = new RunningJob(id, Lease.random(), ledger, scheduler)) {
            // Known before it starts, so that whoever sees it running can stop it.
            if (!running.add(job)) {
                return false;
            }
            try {
                Optional<JobSpec> spec = ledger.spec(id);
                if (spec.isPresent()) {
                    claim(spec.get(), job);
                }
                return ledger.over(id);
            } finally {
                running.remove(job);
            }
        }
    }

    private void claim(JobSpec spec, RunningJob running) {
        Optional<Job> claimed = ledger.claim(running.id(), running.lease());
        try {
            claimed.ifPresent(job -> {
                deleteVideos(job, running.lease());
                if (job.heldBy(running.lease())) {
                    JobLog.with(job, () -> traces.run(job, spec, () -> run(job, spec, running)));
                }
            });
        } finally {
            deleteFiles(spec, running);
        }
    }

    private void run(Job job, JobSpec spec, RunningJob running) {
        running.beginWriting(properties.progressInterval());
        running.after(properties.renderTimeout(), () -> stop(running, tookTooLong()));
        Instant deadline = job.terms().deadline();
        if (deadline != null) {
            running.after(Duration.between(ledger.now(), deadline), () -> stop(running, deadlinePassed()));
        }
        try {
            render(spec, running);
        } catch (RenderCancelledException e) {
            giveUp(running);
        } catch (ProblemException e) {
            traces.failed(e);
            fail(running, JobError.of(inputs.inWireNames(e, spec)));
        } catch (DataAccessException | TransactionException e) {
            throw e; // the job's end is not known to anybody: it is rendered again
        } catch (RuntimeException | Error e) {
            log.error("Job {} failed", job.id(), e);
            traces.failed(e);
            fail(
                    running,
                    new JobError(
                            ProblemCode.RENDER_FAILED,
                            "the render failed unexpectedly; the log has job " + job.id(),
                            null));
        }
    }

    private void render(JobSpec spec, RunningJob running) {
        Path directory = directory(spec, running);
        running.stage(RenderStage.FETCHING);
        RenderFiles files = inputs.fetch(spec, directory, running);
        running.checkStopped();
        RenderedVideo video = renderer.render(
                drivers.resolve(spec.driver()), spec.options(), files, directory.resolve("video.mp4"), running);
        running.checkStopped();
        running.stage(RenderStage.STORING);
        store(running, video);
    }

    /** Two runs of one job, one of which has lost it, never write the same file. */
    private static Path directory(JobSpec spec, RunningJob running) {
        try {
            return Files.createDirectories(
                    spec.directory().path().resolve(running.lease().toString()));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORAGE_UNAVAILABLE, null, "the server's work directory is full or not writable", e);
        }
    }

    private void store(RunningJob running, RenderedVideo video) {
        StoredVideo stored =
                running.interruptibly(() -> videos.put(running.lease().video(), video.file()));
        JobResult result = new JobResult(stored, video.format(), video.seconds());
        boolean stands = DatabasePatience.await(() -> running.finish(job -> job.completed(result, ledger.now()))
                        // An answer that was lost: the first of two equal updates took effect.
                        .or(() -> ledger.completed(running.id(), running.lease())))
                .isPresent();
        if (!stands) {
            videos.delete(stored.key());
        }
    }

    private void giveUp(RunningJob running) {
        if (running.stopped() == StopReason.HAND_BACK) {
            if (DatabasePatience.await(() -> running.finish(Job::handedBack)).isPresent()) {
                log.info("Job {} is handed back to the queue", running.id());
            }
        } else {
            // Whoever stopped the render has ended the job already; this is for a renderer that gave up on its own.
            DatabasePatience.await(() -> running.finish(job -> job.cancelled(ledger.now())));
        }
    }

    private void fail(RunningJob running, JobError error) {
        DatabasePatience.await(() -> running.finish(job -> job.failed(error, ledger.now())));
    }

    private void stop(RunningJob running, JobError error) {
        fail(running, error);
        running.stop(StopReason.ENDED);
    }

    private JobError tookTooLong() {
        String limit = DurationFormatterUtils.print(properties.renderTimeout(), DurationFormat.Style.SIMPLE);
        return new JobError(ProblemCode.TIMEOUT, "the render took longer than the limit of " + limit, null);
    }

    private static JobError deadlinePassed() {
        return new JobError(ProblemCode.TIMEOUT, "the deadline passed while the job was rendered", "deadline");
    }

    /** Deletes what earlier runs may have stored before they broke off. What cannot be deleted goes with the job. */
    private void deleteVideos(Job job, Lease own) {
        for (Lease former : job.runs().all()) {
            if (former.equals(own)) {
                continue;
            }
            try {
                videos.delete(former.video());
            } catch (ProblemException e) {
                log.warn("A video of an earlier run of job {} stays for now", job.id(), e);
            }
        }
    }

    private void deleteFiles(JobSpec spec, RunningJob running) {
        try {
            FileSystemUtils.deleteRecursively(
                    spec.directory().path().resolve(running.lease().toString()));
            if (ledger.over(running.id())) {
                spec.directory().delete();
            }
        } catch (IOException | DataAccessException e) {
            log.warn("Files of job {} stay for the next sweep", running.id(), e);
        }
    }
}
