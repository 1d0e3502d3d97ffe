package io.avatarservice.server.api;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoOptions;
import io.avatarservice.server.job.IdempotencyKey;
import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobInput;
import io.avatarservice.server.job.JobLog;
import io.avatarservice.server.job.JobProperties;
import io.avatarservice.server.job.JobRequest;
import io.avatarservice.server.job.JobService;
import io.avatarservice.server.job.JobSpec;
import io.avatarservice.server.job.JobTerms;
import io.avatarservice.server.job.JobWebhook;
import io.avatarservice.server.job.Submission;
import io.avatarservice.server.job.WorkDirectories;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.VideoFiles;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.security.Caller;
import io.avatarservice.server.security.CallerLimits;
import io.avatarservice.server.security.JobSlot;
import io.avatarservice.server.security.UnreadBody;
import io.avatarservice.server.webhook.WebhookService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Turns a request into a job. What can be known from the request alone is checked before the job exists, so that the
 * submission itself is refused.
 */
@Component
class Submissions {

    private static final Logger log = LoggerFactory.getLogger(Submissions.class);
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final RequestReader reader;
    private final WorkDirectories directories;
    private final DriverRegistry drivers;
    private final PictureReader pictures;
    private final AudioReader recordings;
    private final JobService jobs;
    private final JobProperties limits;
    private final CallerLimits callers;
    private final WebhookService webhooks;
    private final VideoLinks links;

    Submissions(
            RequestReader reader,
            WorkDirectories directories,
            DriverRegistry drivers,
            PictureReader pictures,
            AudioReader recordings,
            JobService jobs,
            JobProperties limits,
            CallerLimits callers,
            WebhookService webhooks,
            VideoLinks links) {
        this.reader = reader;
        this.directories = directories;
        this.drivers = drivers;
        this.pictures = pictures;
        this.recordings = recordings;
        this.jobs = jobs;
        this.limits = limits;
        this.callers = callers;
        this.webhooks = webhooks;
        this.links = links;
    }

    /**
     * Submits the request.
     *
     * @param id the job id that the client chose, or {@code null}
     * @param accepted told of the submission even where the client is gone by then
     */
    Mono<Submission> submit(ServerWebExchange exchange, @Nullable JobId id, Consumer<Submission> accepted) {
        return GateKeeper.leavingAfter(DiskFailures.explained(
                // counted before the body is read: what is refused anyway is not stored first
                refusing(exchange, Mono.fromCallable(() -> reserve(exchange)))
                        .flatMap(reserved -> Mono.using(
                                () -> reserved,
                                slot -> submit(exchange, id, slot, accepted),
                                JobSlot::releaseUnlessHeld))));
    }

    /** What may refuse a submission before its body is read. */
    private static <T> Mono<T> refusing(ServerWebExchange exchange, Mono<T> entry) {
        return entry.onErrorResume(
                refusal -> UnreadBody.dropped(exchange.getRequest()).then(Mono.error(refusal)));
    }

    private Mono<Submission> submit(
            ServerWebExchange exchange, @Nullable JobId id, JobSlot slot, Consumer<Submission> accepted) {
        return Mono.usingWhen(
                refusing(exchange, Blocking.call(() -> {
                    jobs.expectRoom(Caller.of(exchange).name(), id, idempotencyKey(exchange));
                    return directories.create();
                })),
                directory -> reader.read(exchange, directory)
                        .flatMap(draft -> Blocking.call(() -> {
                            Submission submission =
                                    submit(exchange, slot, request(exchange, draft, id, idempotencyKey(exchange)));
                            accepted.accept(submission);
                            return submission;
                        })),
                directory -> Blocking.run(directory::discard),
                (directory, error) -> Blocking.run(directory::discard),
                directory -> Blocking.run(directory::discard));
    }

    /**
     * Counts a job that the caller of a request is about to submit.
     *
     * @throws ProblemException {@code RATE_LIMITED}
     */
    JobSlot reserve(ServerWebExchange exchange) {
        return callers.job(Caller.of(exchange));
    }

    /** Submits a job of the caller, who keeps the place for it until it is finished. Blocks. */
    Submission submit(ServerWebExchange exchange, JobSlot slot, JobRequest request) {
        Submission submission = jobs.submit(request);
        if (submission.created()) {
            Job job = submission.view().job();
            String caller = Caller.of(exchange).name();
            JobLog.with(job, () -> log.info("Job {} of {} waits for driver {}", job.id(), caller, job.driver()));
            slot.holdUntil(jobs.finished(job.id()));
        }
        return submission;
    }

    /** Checks what can be known from the request alone. Blocks. */
    JobRequest request(ServerWebExchange exchange, RequestDraft draft, @Nullable JobId id, @Nullable IdempotencyKey key)
            throws IOException {
        draft.refuseUnknown();
        JobInput image = draft.only(InputKind.IMAGE);
        TalkingHeadDriver driver = drivers.resolve(draft.driver());
        DriverDescription description = driver.describe();
        JobInput audio = draft.speech(description);
        JobInput drivingVideo = draft.drivingVideo(description);
        Map<String, JobInput> videos = draft.videos(driver);
        RenderOptions options =
                driver.options(VideoOptions.without(VideoOptions.videos(driver, draft.options()), draft.options()));
        JobWebhook webhook = webhook(draft, exchange.getRequest());
        JobTerms terms = draft.terms().checked(limits.retention().age());
        check(image, pictures::check);
        check(audio, recordings::open);
        check(drivingVideo, VideoFiles::check);
        JobSpec spec = new JobSpec(driver.name(), options, image, audio, drivingVideo, videos, draft.directory());
        String fingerprint = id == null && key == null ? "" : Fingerprint.of(draft, spec);
        return new JobRequest(
                Caller.of(exchange).name(), id, id == null ? key : null, fingerprint, spec, terms, webhook);
    }

    private @Nullable JobWebhook webhook(RequestDraft draft, ServerHttpRequest request) {
        return draft.webhook() == null ? null : new JobWebhook(webhooks.check(draft.webhook()), links.base(request));
    }

    /** Checks an input that came with the request; one that must be downloaded is the worker's. */
    private static void check(@Nullable JobInput input, Consumer<Path> check) {
        if (input instanceof JobInput.Uploaded uploaded) {
            try {
                check.accept(uploaded.file());
            } catch (ProblemException e) {
                throw e.withField(uploaded.field());
            }
        }
    }

    static @Nullable IdempotencyKey idempotencyKey(ServerWebExchange exchange) {
        String value = exchange.getRequest().getHeaders().getFirst(IDEMPOTENCY_KEY);
        if (value == null) {
            return null;
        }
        if (!IdempotencyKey.isValid(value)) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    IDEMPOTENCY_KEY,
                    "Idempotency-Key must have 1 to 255 visible ASCII characters");
        }
        return new IdempotencyKey(value);
    }
}
