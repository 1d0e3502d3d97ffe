package io.avatarservice.client;

import static io.avatarservice.client.ScriptedAvatarProvider.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class NotificationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final URI WEBHOOK = URI.create("https://app.example.com/avatar/webhooks/s3cret");
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final VirtualTime time = new VirtualTime();
    private final Recorded notifications = new Recorded();
    private final ScriptedAvatarProvider calling = new ScriptedAvatarProvider(
            "calling",
            ProviderCapabilities.builder().uploads(true).webhooks(true).build());
    private final ScriptedAvatarProvider silent = ScriptedAvatarProvider.ofOurs("silent");

    @Test
    void providerIsToldWhereToCall() {
        calling.thenCompletes();

        StepVerifier.create(client(calling).watch(REQUEST))
                .expectNextCount(1)
                .then(() -> assertThat(notifications.open).containsExactly(calling.id()))
                .then(() -> time.pass(Duration.ofSeconds(10)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(calling.submitted).extracting(AvatarRequest::webhook).containsExactly(WEBHOOK);
        assertThat(notifications.open).isEmpty();
    }

    @Test
    void hintCutsThePauseShort() {
        calling.thenCompletes();

        StepVerifier.create(client(calling).watch(REQUEST))
                .expectNextCount(1)
                .then(() -> assertThat(calling.found).isEmpty())
                .then(() -> notifications.hints.tryEmitNext(true).orThrow())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void withoutAHintTheClientLooksAllTheSame() {
        calling.thenCompletes();

        StepVerifier.create(client(calling).watch(REQUEST))
                .expectNextCount(1)
                .then(() -> time.pass(Duration.ofSeconds(10)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void hintDoesNotHurryAProviderInTrouble() {
        calling.thenAnswers(Mono.error(calling.failure(FailureKind.UNAVAILABLE)));

        StepVerifier.create(client(calling).watch(REQUEST))
                .expectNextCount(1)
                .then(() -> time.pass(Duration.ofSeconds(10)))
                .then(() -> assertThat(calling.found).hasSize(1))
                .then(() -> notifications.hints.tryEmitNext(true))
                .then(() -> assertThat(calling.found).hasSize(1))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void hintsThatEndDoNotMakeTheClientLookAllTheTime() {
        notifications.hints.tryEmitComplete().orThrow();

        StepVerifier.create(client(calling).watch(REQUEST))
                .expectNextCount(1)
                .then(() -> time.pass(Duration.ofMillis(9_999)))
                .then(() -> assertThat(calling.found).isEmpty())
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void cancellingForgetsTheWebhook() {
        StepVerifier.create(client(calling).watch(REQUEST))
                .expectNext(AvatarJob.queued(calling.id(), JOB))
                .thenCancel()
                .verify(PATIENCE);

        assertThat(notifications.open).isEmpty();
    }

    @Test
    void providerThatDoesNotCallIsNotToldAnything() {
        StepVerifier.create(client(silent).watch(REQUEST))
                .expectNextCount(1)
                .then(() -> assertThat(notifications.open).isEmpty())
                .thenCancel()
                .verify(PATIENCE);

        assertThat(silent.submitted).extracting(AvatarRequest::webhook).containsOnlyNulls();
    }

    @Test
    void webhookOfTheRequestIsKept() {
        URI own = URI.create("https://app.example.com/own");

        StepVerifier.create(
                        client(calling).watch(REQUEST.toBuilder().webhook(own).build()))
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(calling.submitted).extracting(AvatarRequest::webhook).containsExactly(own);
    }

    @Test
    void jobThatIsOnlyHandedInHasNoWebhook() {
        StepVerifier.create(client(calling).submit(REQUEST))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(calling.submitted).extracting(AvatarRequest::webhook).containsOnlyNulls();
    }

    private AvatarClient client(ScriptedAvatarProvider provider) {
        return AvatarClient.builder(provider)
                .notifications(notifications)
                .pollInterval(Duration.ofSeconds(10), Duration.ofSeconds(10))
                .scheduler(time.scheduler())
                .clock(time)
                .build();
    }

    private static final class Recorded implements JobNotifications {

        final List<ProviderId> open = new ArrayList<>();
        final Sinks.Many<Boolean> hints = Sinks.many().multicast().directBestEffort();

        @Override
        public Subscription open(ProviderId provider) {
            open.add(provider);
            return new Subscription() {

                @Override
                public @Nullable URI webhook() {
                    return WEBHOOK;
                }

                @Override
                public Flux<Boolean> hints() {
                    return hints.asFlux();
                }

                @Override
                public void close() {
                    open.remove(provider);
                }
            };
        }
    }
}
