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
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoStore;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import reactor.core.Disposable;
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
    private final JobProperties properties;
    private final Scheduler timer;

    JobRunner(
            JobLedger ledger,
            RunningJobs running,
            JobInputs inputs,
            DriverRegistry drivers,
            TalkingHeadRenderer renderer,
            VideoStore videos,
            JobProperties properties,
            Scheduler timer) {
        this.ledger = ledger;
        this.running = running;
        this.inputs = inputs;
        this.drivers = drivers;
        this.renderer = renderer;
        this.videos = videos;
        this.properties = properties;
        this.timer = timer;
    }

    /** Runs the job, if it still waits. Throws nothing: every failure ends up in the job. */
    void run(JobId id) {
        RunningJob job = new RunningJob(id, ledger, properties.progressInterval());
        // Known before it starts, so that whoever sees it running can stop it.
        running.add(id, job);
        try {
            ledger.start(id).ifPresent(taken -> run(taken, job));
        } finally {
            running.remove(id);
        }
    }

    private void run(JobRecord taken, RunningJob running) {
        JobId id = taken.job().id();
        Disposable deadline = timer.schedule(
                () -> stop(id, running), properties.renderTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            render(taken.spec(), id, running);
        } catch (RenderCancelledException e) {
            // Whoever stopped the render has ended the job already; this is for a renderer that gave up on its own.
            ledger.endRunning(id, StopReason.CANCELLED);
        } catch (ProblemException e) {
            fail(id, JobError.of(inputs.inWireNames(e, taken.spec())));
        } catch (RuntimeException | Error e) {
            log.error("Job {} failed", id, e);
            fail(
                    id,
                    new JobError(
                            ProblemCode.RENDER_FAILED, "the render failed unexpectedly; the log has job " + id, null));
        } finally {
            deadline.dispose();
            taken.spec().directory().delete();
        }
    }

    private void render(JobSpec spec, JobId id, RunningJob running) {
        Path directory = spec.directory().path();
        running.stage(RenderStage.FETCHING);
        RenderFiles files = inputs.fetch(spec, running);
        RenderedVideo video = renderer.render(
                drivers.resolve(spec.driver()), spec.options(), files, directory.resolve("video.mp4"), running);
        running.checkStopped();
        running.stage(RenderStage.STORING);
        store(id, video);
    }

    private void store(JobId id, RenderedVideo video) {
        StoredVideo stored = videos.put(VideoKey.random(), video.file());
        JobResult result = new JobResult(stored, video.format(), video.seconds());
        if (ledger.change(id, job -> job.completed(result, ledger.now())).isEmpty()) {
            videos.delete(stored.key());
        }
    }

    private void fail(JobId id, JobError error) {
        ledger.change(id, job -> job.failed(error, ledger.now()));
    }

    private void stop(JobId id, RunningJob running) {
        String limit = DurationFormatterUtils.print(properties.renderTimeout(), DurationFormat.Style.SIMPLE);
        fail(id, new JobError(ProblemCode.TIMEOUT, "the render took longer than the limit of " + limit, null));
        running.stop();
    }
}
