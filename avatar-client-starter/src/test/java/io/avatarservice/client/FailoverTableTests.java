package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarAttempt.Outcome;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;

/** Every row of the failure table, at the provider that is asked first and at the one that is asked instead. */
class FailoverTableTests {

    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private static final int RETRIES = 2;

    /**
     * What follows when each submit fails.
     *
     * @param kind of each failure
     * @param at our server, where a key makes a submit repeatable, or a paid service that has a list of its jobs at best
     * @param submits that are made there
     * @param reconciliations that are made there
     * @param counted failures in the breaker
     * @param next whether the next provider is asked
     */
    record Row(FailureKind kind, At at, int submits, int reconciliations, int counted, boolean next) {

        @Override
        public String toString() {
            return kind + " at " + at;
        }
    }

    enum At {
        OUR_SERVER,
        PAID_SERVICE,
        PAID_SERVICE_WITHOUT_LIST
    }

    static final List<Row> TABLE = List.of(
            new Row(FailureKind.INVALID_REQUEST, At.OUR_SERVER, 1, 0, 0, false),
            new Row(FailureKind.INVALID_REQUEST, At.PAID_SERVICE, 1, 0, 0, false),
            new Row(FailureKind.FACE_NOT_FOUND, At.OUR_SERVER, 1, 0, 0, false),
            new Row(FailureKind.FACE_NOT_FOUND, At.PAID_SERVICE, 1, 0, 0, false),
            new Row(FailureKind.CONTENT_REJECTED, At.OUR_SERVER, 1, 0, 0, false),
            new Row(FailureKind.CONTENT_REJECTED, At.PAID_SERVICE, 1, 0, 0, false),
            new Row(FailureKind.UNSUPPORTED, At.OUR_SERVER, 1, 0, 0, true),
            new Row(FailureKind.UNSUPPORTED, At.PAID_SERVICE, 1, 0, 0, true),
            new Row(FailureKind.AUTHENTICATION, At.OUR_SERVER, 1, 0, 0, true),
            new Row(FailureKind.AUTHENTICATION, At.PAID_SERVICE, 1, 0, 0, true),
            new Row(FailureKind.QUOTA_EXHAUSTED, At.OUR_SERVER, 1, 0, 0, true),
            new Row(FailureKind.QUOTA_EXHAUSTED, At.PAID_SERVICE, 1, 0, 0, true),
            new Row(FailureKind.RATE_LIMITED, At.OUR_SERVER, 1 + RETRIES, 0, 0, true),
            new Row(FailureKind.RATE_LIMITED, At.PAID_SERVICE, 1 + RETRIES, 0, 0, true),
            new Row(FailureKind.UNAVAILABLE, At.OUR_SERVER, 1 + RETRIES, 0, 1 + RETRIES, true),
            new Row(FailureKind.UNAVAILABLE, At.PAID_SERVICE, 1 + RETRIES, 0, 1 + RETRIES, true),
            new Row(FailureKind.TIMEOUT, At.OUR_SERVER, 1 + RETRIES, 0, 1 + RETRIES, true),
            new Row(FailureKind.TIMEOUT, At.PAID_SERVICE, 1, 0, 1, true),
            new Row(FailureKind.SUBMIT_UNCONFIRMED, At.OUR_SERVER, 1 + RETRIES, 1 + RETRIES, 1 + RETRIES, true),
            new Row(FailureKind.SUBMIT_UNCONFIRMED, At.PAID_SERVICE, 1 + RETRIES, 1 + RETRIES, 1 + RETRIES, true),
            new Row(FailureKind.SUBMIT_UNCONFIRMED, At.PAID_SERVICE_WITHOUT_LIST, 1, 1, 1, false),
            new Row(FailureKind.RENDER_FAILED, At.OUR_SERVER, 1, 0, 1, true),
            new Row(FailureKind.RENDER_FAILED, At.PAID_SERVICE, 1, 0, 1, true),
            new Row(FailureKind.CANCELLED, At.OUR_SERVER, 1, 0, 0, false),
            new Row(FailureKind.CANCELLED, At.PAID_SERVICE, 1, 0, 0, false));

    static final List<FailureKind> KINDS = List.of(FailureKind.values());

    private final VirtualTime time = new VirtualTime();
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();

    @Test
    void tableHasEveryKind() {
        assertThat(TABLE.stream().map(Row::kind).distinct()).containsExactlyInAnyOrder(FailureKind.values());
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void firstProviderRefuses(Row row) {
        ScriptedAvatarProvider first = refusing("first", row);
        ScriptedAvatarProvider second = ScriptedAvatarProvider.ofOurs("second").thenCompletes();

        Ending outcome = render(first, second);

        assertCalls(first, row);
        assertBreaker("avatar-first-submit", row.counted());
        assertThat(second.submitted).hasSize(row.next() ? 1 : 0);
        if (row.next()) {
            assertThat(outcome.kind()).isNull();
            assertThat(outcome.attempts())
                    .extracting(AvatarAttempt::provider, AvatarAttempt::outcome, AvatarAttempt::kind)
                    .containsExactly(tuple(first, Outcome.FAILED, row.kind()), tuple(second, Outcome.SUCCEEDED, null));
        } else {
            assertThat(outcome.kind()).isEqualTo(row.kind());
            assertThat(outcome.attempts())
                    .extracting(AvatarAttempt::provider, AvatarAttempt::outcome, AvatarAttempt::kind)
                    .containsExactly(tuple(first, Outcome.FAILED, row.kind()));
        }
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void nextProviderRefusesAsWell(Row row) {
        ScriptedAvatarProvider first = ScriptedAvatarProvider.ofOurs("first").thenRefuses(FailureKind.UNSUPPORTED);
        ScriptedAvatarProvider second = refusing("second", row);
        ScriptedAvatarProvider third = ScriptedAvatarProvider.ofOurs("third").thenCompletes();

        Ending outcome = render(first, second, third);

        assertThat(first.submitted).hasSize(1);
        assertCalls(second, row);
        assertBreaker("avatar-second-submit", row.counted());
        assertThat(third.submitted).hasSize(row.next() ? 1 : 0);
        assertThat(outcome.kind()).isEqualTo(row.next() ? null : row.kind());
        assertThat(outcome.attempts())
                .extracting(AvatarAttempt::provider)
                .containsExactlyElementsOf(Stream.of(first, second, third)
                        .limit(row.next() ? 3 : 2)
                        .map(ScriptedAvatarProvider::id)
                        .toList());
    }

    /** An accepted job is never submitted again where it was; whether it goes elsewhere is the kind's to say. */
    @ParameterizedTest
    @FieldSource("KINDS")
    void acceptedJobEndsInError(FailureKind kind) {
        ScriptedAvatarProvider first = ScriptedAvatarProvider.ofOurs("first");
        first.thenFinds(ScriptedAvatarProvider.failed(first.id(), AvatarJobStatus.ERROR, kind, "scripted " + kind));
        ScriptedAvatarProvider second = ScriptedAvatarProvider.ofOurs("second").thenCompletes();
        boolean next = switch (kind) {
            case UNSUPPORTED, AUTHENTICATION, QUOTA_EXHAUSTED, RATE_LIMITED, UNAVAILABLE, TIMEOUT, RENDER_FAILED ->
                true;
            case INVALID_REQUEST, FACE_NOT_FOUND, CONTENT_REJECTED, SUBMIT_UNCONFIRMED, CANCELLED -> false;
        };

        Ending outcome = render(first, second);

        assertThat(first.submitted).hasSize(1);
        assertThat(first.cancelled).isEmpty();
        assertThat(second.submitted).hasSize(next ? 1 : 0);
        assertBreaker("avatar-first-submit", kind.countsInBreaker() ? 1 : 0);
        assertThat(outcome.kind()).isEqualTo(next ? null : kind);
        assertThat(outcome.attempts().get(0).jobId()).isEqualTo(ScriptedAvatarProvider.JOB);
        assertThat(outcome.attempts()).hasSize(next ? 2 : 1);
    }

    private static ScriptedAvatarProvider refusing(String id, Row row) {
        ScriptedAvatarProvider provider =
                row.at() == At.OUR_SERVER ? ScriptedAvatarProvider.ofOurs(id) : ScriptedAvatarProvider.ofPaid(id);
        provider.submit = Mono.error(() -> provider.failure(row.kind()));
        if (row.at() == At.PAID_SERVICE_WITHOUT_LIST) {
            provider.reconcile = Mono.error(() -> provider.failure(FailureKind.SUBMIT_UNCONFIRMED));
        }
        return provider;
    }

    private static void assertCalls(ScriptedAvatarProvider provider, Row row) {
        assertThat(provider.submitted).hasSize(row.submits());
        assertThat(provider.submitted.stream()
                        .map(AvatarRequest::idempotencyKey)
                        .distinct())
                .hasSize(1);
        assertThat(provider.reconciled).hasSize(row.reconciliations());
        assertThat(provider.found).isEmpty();
        assertThat(provider.cancelled).isEmpty();
    }

    private void assertBreaker(String name, int failures) {
        CircuitBreaker breaker = registry.find(name).orElseThrow();
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(failures);
    }

    private Ending render(ScriptedAvatarProvider first, ScriptedAvatarProvider... others) {
        AtomicReference<@Nullable Ending> outcome = new AtomicReference<>();
        AvatarClient.builder(first)
                .fallbacks(Arrays.asList(others))
                .circuitBreakers(registry)
                .retries(RETRIES, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30))
                .scheduler(time.scheduler())
                .clock(time)
                .build()
                .render(REQUEST)
                .subscribe(
                        video -> outcome.set(Ending.of(video)),
                        failure -> outcome.set(Ending.of((AvatarException) failure)));
        time.pass(Duration.ofMinutes(1));
        return assertThat(outcome.get()).isNotNull().actual();
    }

    private static Tuple tuple(ScriptedAvatarProvider provider, Outcome outcome, @Nullable FailureKind kind) {
        return Tuple.tuple(provider.id(), outcome, kind);
    }

    /**
     * How a render ended.
     *
     * @param kind of the failure, or {@code null} where there is a video
     */
    private record Ending(@Nullable FailureKind kind, List<AvatarAttempt> attempts) {

        static Ending of(AvatarVideo video) {
            return new Ending(null, video.attempts());
        }

        static Ending of(AvatarException failure) {
            return new Ending(failure.kind(), failure.attempts());
        }
    }
}
