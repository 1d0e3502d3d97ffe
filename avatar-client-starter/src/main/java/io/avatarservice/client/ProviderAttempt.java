package io.avatarservice.client;

import io.avatarservice.client.SpendGuard.Reservation;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import java.net.URI;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One provider's part in a render. Made for one subscription. */
final class ProviderAttempt {

    private final ProviderPipeline pipeline;
    private final AvatarRequest request;
    private final RenderSettings settings;
    private final TimeLimit limit;
    private volatile Reservation reservation = Reservation.NONE;

    ProviderAttempt(ProviderPipeline pipeline, AvatarRequest request, RenderSettings settings, TimeLimit limit) {
        this.pipeline = pipeline;
        this.request = request;
        this.settings = settings;
        this.limit = limit;
    }

    /** Every state of the job, up to the video. */
    Flux<AvatarJob> watch() {
        boolean unheard = !pipeline.capabilities().webhooks() || request.webhook() != null;
        JobNotifications notifications = unheard ? JobNotifications.NONE : settings.notifications();
        return Flux.using(
                () -> notifications.open(pipeline.id()),
                heard -> job(heard.webhook(), heard.hints()).snapshots().doOnNext(this::settle),
                JobNotifications.Subscription::close);
    }

    /** The job as accepted. */
    Flux<AvatarJob> accept() {
        return job(null, Flux.never()).accepted().doOnNext(this::settle);
    }

    private JobWatch job(@Nullable URI webhook, Flux<Boolean> hints) {
        return JobWatch.ofSubmit(pipeline, wanted -> submit(webhook, wanted), settings.polling(), limit, hints);
    }

    /** Ends without a job if nobody wants one anymore by the time that everything is ready. */
    private Mono<AvatarJob> submit(@Nullable URI webhook, BooleanSupplier wanted) {
        return settings.fitting()
                .fit(request, pipeline)
                .filter(fitted -> wanted.getAsBoolean())
                .flatMap(fitted -> settings.spend()
                        .reserve(pipeline, fitted.speech())
                        .doOnNext(taken -> reservation = taken)
                        .flatMap(taken -> pipeline.submit(
                                webhook == null
                                        ? fitted
                                        : fitted.toBuilder().webhook(webhook).build(),
                                wanted))
                        .doOnError(AvatarException.class, failure -> reservation.failed(failure)));
    }

    private void settle(AvatarJob job) {
        AvatarVideo video = job.video();
        if (video != null && video.duration() != null) {
            reservation.correct(video.duration());
        }
    }
}
