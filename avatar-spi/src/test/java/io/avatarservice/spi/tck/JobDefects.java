package io.avatarservice.spi.tck;

import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.ProviderId;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Mistakes that can be made with an accepted job. */
final class JobDefects {

    private JobDefects() {}

    static List<Defect> all() {
        return List.of(
                find("forgets its jobs", "acceptedJobCanBeFound", found -> found.filter(job -> false)),
                find(
                        "knows jobs that never were",
                        "unknownJobIsEmpty",
                        found -> found.defaultIfEmpty(
                                AvatarJob.queued(InMemoryAvatarProvider.ID, JobId.of("invented")))),
                find(
                        "gives another's videos",
                        "renderEndsWithAVideoOfThisProvider",
                        found -> found.map(job -> with(
                                job,
                                video -> AvatarVideo.builder(ProviderId.of("another"), video.jobId(), video.url())
                                        .build()))),
                find(
                        "shows signatures",
                        "signaturesAreNotShown",
                        found -> found.map(job -> with(
                                job,
                                video -> video.toBuilder()
                                        .warnings(List.of("lies at " + video.url()))
                                        .build()))),
                find(
                        "knows one sort of failure",
                        "failedRenderIsAJobWithItsKind",
                        found -> found.map(JobDefects::withOneKind)),
                find(
                        "takes silence for a no",
                        "lookAtAnUnreachableProviderIsUnavailable",
                        found -> found.onErrorComplete()),
                cancel(
                        "takes silence for a yes",
                        "cancelAtAnUnreachableProviderIsUnavailable",
                        cancelled -> cancelled.onErrorReturn(CancelOutcome.CANCELLED)),
                cancel(
                        "fails on unknown jobs",
                        "cancelOfAnUnknownJobIsAnOutcome",
                        cancelled -> cancelled.filter(outcome -> outcome != CancelOutcome.UNKNOWN_JOB)),
                cancel(
                        "only says that it cancels",
                        "cancelStopsAJobIfItSaysSo",
                        cancelled -> Mono.just(CancelOutcome.CANCELLED)),
                cancel(
                        "claims to stop finished jobs",
                        "cancelOfAFinishedJobIsAnOutcome",
                        cancelled -> Mono.just(CancelOutcome.CANCELLED)),
                twice(
                        "calls a cancelled job finished",
                        "cancellingTwiceHasTheEffectOfOnce",
                        (first, second) -> CancelOutcome.ALREADY_FINISHED),
                Defect.of(
                        "reconciles without looking",
                        "reconcilingFindsTheJobOrAdmitsNotToKnow",
                        (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
                            @Override
                            public Mono<AvatarJob> reconcile(AvatarRequest request) {
                                return Mono.empty();
                            }
                        }));
    }

    private static AvatarJob with(AvatarJob job, UnaryOperator<AvatarVideo> change) {
        AvatarVideo video = job.video();
        return video == null
                ? job
                : AvatarJob.builder(job.provider(), job.id(), job.status())
                        .video(change.apply(video))
                        .build();
    }

    private static AvatarJob withOneKind(AvatarJob job) {
        return job.failure() == null
                ? job
                : AvatarJob.builder(job.provider(), job.id(), AvatarJobStatus.ERROR)
                        .failure(new JobFailure(FailureKind.RENDER_FAILED, "failed", List.of()))
                        .build();
    }

    private static Defect find(String name, String caughtBy, Function<Mono<AvatarJob>, Mono<AvatarJob>> mistake) {
        return Defect.of(name, caughtBy, (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
            @Override
            public Mono<AvatarJob> find(JobId id) {
                return mistake.apply(super.find(id));
            }
        });
    }

    private static Defect cancel(
            String name, String caughtBy, Function<Mono<CancelOutcome>, Mono<CancelOutcome>> mistake) {
        return Defect.of(name, caughtBy, (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
            @Override
            public Mono<CancelOutcome> cancel(JobId id) {
                return mistake.apply(super.cancel(id));
            }
        });
    }

    /** Looks whether the job is cancelled already, and then says something else. */
    private static Defect twice(String name, String caughtBy, BinaryOperator<CancelOutcome> mistake) {
        return Defect.of(name, caughtBy, (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
            @Override
            public Mono<CancelOutcome> cancel(JobId id) {
                return find(id).flatMap(job -> job.status() == AvatarJobStatus.CANCELLED
                        ? super.cancel(id).map(outcome -> mistake.apply(CancelOutcome.CANCELLED, outcome))
                        : super.cancel(id));
            }
        });
    }
}
