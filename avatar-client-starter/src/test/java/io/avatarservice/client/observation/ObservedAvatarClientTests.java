package io.avatarservice.client.observation;

import static io.avatarservice.client.observation.ScriptedAvatarClient.FALLBACK;
import static io.avatarservice.client.observation.ScriptedAvatarClient.JOB;
import static io.avatarservice.client.observation.ScriptedAvatarClient.REQUEST;
import static io.avatarservice.client.observation.ScriptedAvatarClient.SELECTED;
import static io.avatarservice.client.observation.ScriptedAvatarClient.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Scope;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ObservedAvatarClientTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedAvatarClient scripted = new ScriptedAvatarClient();
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ObservedAvatarClient client = new ObservedAvatarClient(scripted, SELECTED, registry, null);

    @Test
    void renderIsOneObservationThatTellsWhoDidIt() {
        StepVerifier.create(client.render(REQUEST))
                .expectNext(VIDEO)
                .expectComplete()
                .verify(PATIENCE);

        assertObserved("render", "sadtalker", "d-id", "success", "none");
    }

    @Test
    void watchedRenderIsTheSameObservation() {
        StepVerifier.create(client.watch(REQUEST))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertObserved("render", "sadtalker", "d-id", "success", "none");
    }

    @Test
    void blockedRenderIsTheSameObservation() {
        client.renderBlocking(REQUEST);

        assertObserved("render", "sadtalker", "d-id", "success", "none");
    }

    @Test
    void idsAreForTracesOnly() {
        client.renderBlocking(REQUEST);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasContextualNameEqualTo("avatar render")
                .hasHighCardinalityKeyValue("avatar.job.id", "job-1")
                .hasHighCardinalityKeyValue("avatar.driver", "preview")
                .doesNotHaveLowCardinalityKeyValueWithKey("avatar.job.id");
    }

    @Test
    void submitIsObserved() {
        StepVerifier.create(client.submit(REQUEST))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertObserved("submit", "sadtalker", "d-id", "success", "none");
    }

    @Test
    void resumedJobIsObserved() {
        StepVerifier.create(client.resume(FALLBACK, JOB))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        assertObserved("resume", "d-id", "d-id", "success", "none");
    }

    @Test
    void downloadIsObserved() {
        StepVerifier.create(client.download(VIDEO, Path.of("v.mp4")))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertObserved("download", "d-id", "d-id", "success", "none");
    }

    @Test
    void failureTellsItsKindAndItsJob() {
        scripted.render = Mono.error(() -> AvatarException.builder(FailureKind.CONTENT_REJECTED, "refused")
                .provider(FALLBACK)
                .jobId(JobId.of("job-2"))
                .build());

        StepVerifier.create(client.render(REQUEST))
                .expectError(AvatarException.class)
                .verify(PATIENCE);

        assertObserved("render", "sadtalker", "none", "error", "CONTENT_REJECTED");
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasError()
                .hasHighCardinalityKeyValue("avatar.job.id", "job-2");
    }

    @Test
    void attemptsAreKnownAtTheEnd() {
        AvatarAttempt attempt = AvatarAttempt.skipped(SELECTED, FailureKind.UNAVAILABLE, "its breaker is open");
        AtomicReference<List<AvatarAttempt>> seen = new AtomicReference<>(List.of());
        registry.observationConfig().observationHandler(new AtStop(context -> seen.set(context.attempts())));

        client.renderBlocking(REQUEST);
        assertThat(seen.get()).isEqualTo(VIDEO.attempts());

        scripted.render = Mono.error(() -> AvatarException.builder(FailureKind.UNAVAILABLE, "all down")
                .attempts(List.of(attempt))
                .build());
        StepVerifier.create(client.render(REQUEST)).expectError().verify(PATIENCE);
        assertThat(seen.get()).containsExactly(attempt);
    }

    @Test
    void failureOfOurOwnMachineTellsItsClass() {
        scripted.download = Mono.error(IllegalStateException::new);

        StepVerifier.create(client.download(VIDEO, Path.of("v.mp4")))
                .expectError()
                .verify(PATIENCE);

        assertObserved("download", "d-id", "none", "error", "IllegalStateException");
    }

    @Test
    void lostInterestIsNoFailure() {
        scripted.watch = Flux.never();

        StepVerifier.create(client.watch(REQUEST))
                .expectSubscription()
                .thenCancel()
                .verify(PATIENCE);

        assertObserved("render", "sadtalker", "none", "cancelled", "none");
    }

    @Test
    void eachSubscriptionIsAnObservationOfItsOwn() {
        Mono<?> render = client.render(REQUEST);

        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
        render.block(PATIENCE);
        render.block(PATIENCE);

        TestObservationRegistryAssert.assertThat(registry).hasNumberOfObservationsEqualTo(2);
    }

    @Test
    void callsOfTheProviderFindTheObservationInTheirContext() {
        AtomicReference<@Nullable Object> found = new AtomicReference<>();
        scripted.render = Mono.deferContextual(context -> {
            found.set(context.getOrDefault("micrometer.observation", null));
            return Mono.just(VIDEO);
        });

        client.renderBlocking(REQUEST);

        assertThat(found.get())
                .isInstanceOfSatisfying(
                        Observation.class,
                        observation -> assertThat(observation.getContextView().getName())
                                .isEqualTo("avatar.client.operation"));
    }

    @Test
    void parentComesFromTheSubscribersContext() {
        Observation parent = Observation.start("parent", registry);

        client.render(REQUEST)
                .contextWrite(context -> context.put("micrometer.observation", parent))
                .block(PATIENCE);
        parent.stop();

        assertChildOfParent();
    }

    @Test
    void parentOfABlockedRenderIsThatOfTheThread() {
        Observation parent = Observation.start("parent", registry);
        try (Scope scope = parent.openScope()) {
            assertThat(scope.isNoop()).isFalse();
            client.renderBlocking(REQUEST);
        }
        parent.stop();

        assertChildOfParent();
    }

    @Test
    void conventionOfTheApplicationWins() {
        AvatarClientObservationConvention own = new AvatarClientObservationConvention() {
            @Override
            public String getName() {
                return "own.name";
            }
        };

        new ObservedAvatarClient(scripted, SELECTED, registry, own).renderBlocking(REQUEST);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("own.name");
    }

    private void assertChildOfParent() {
        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("avatar.client.operation")
                .that()
                .hasParentObservationContextSatisfying(
                        context -> assertThat(context.getName()).isEqualTo("parent"));
    }

    private void assertObserved(String operation, String provider, String servedBy, String outcome, String failure) {
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasBeenStarted()
                .hasBeenStopped()
                .hasNameEqualTo("avatar.client.operation")
                .hasLowCardinalityKeyValue("avatar.operation", operation)
                .hasLowCardinalityKeyValue("avatar.provider", provider)
                .hasLowCardinalityKeyValue("avatar.served.by", servedBy)
                .hasLowCardinalityKeyValue("avatar.outcome", outcome)
                .hasLowCardinalityKeyValue("avatar.failure", failure);
    }
}
