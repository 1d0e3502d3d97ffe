package io.avatarservice.did;

import static io.avatarservice.did.Samples.ADDRESSES;
import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.test.StepVerifier;

/** Whether a submit whose answer got lost has made a talk. */
class DidReconcileTests {

    /** Shortly before the recorded talks were accepted. */
    private static final Instant SUBMITTED = Instant.parse("2026-11-22T09:59:58Z");

    private static final String NO_TALKS = "{\"talks\": []}";
    private static final String OTHER_TALK = """
            {"talks": [{"id": "tlk_other", "status": "done", "created_at": "2026-11-22T10:00:02.000Z",
                        "name": "order-43", "user_data": "order-43"}]}
            """;
    private static final String BARE_TALK = "{\"id\": \"%s\", \"status\": \"started\"}";
    private static final String NAMED_TALK = "{\"id\": \"%s\", \"status\": \"started\", \"user_data\": \"order-43\"}";

    private final StubDid did = new StubDid();

    @Test
    void talkIsRecognizedInAList() {
        did.on("GET /talks", 200, wire("talks-with-user-data"));
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .assertNext(DidReconcileTests::isOurs)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(did.calls()).containsExactly("GET /talks", "GET /talks/tlk_A1b2C3");
    }

    @Test
    void talkIsRecognizedByItsNameAlone() {
        did.on(
                "GET /talks",
                200,
                "{\"talks\": [{\"id\": \"tlk_A1b2C3\", \"status\": \"created\", \"name\": \"order-42\"}]}");
        did.on("GET /talks/tlk_A1b2C3", 500, "{}");

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .expectNext(AvatarJob.queued(DidAvatarProvider.ID, JOB))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void talkIsFoundOnALaterPage() {
        did.on("GET /talks", 200, OTHER_TALK.replace("]}", "], \"token\": \"two\"}"));
        did.on("GET /talks?limit=100&token=two", 200, wire("talks-with-user-data"));
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .assertNext(DidReconcileTests::isOurs)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void talkThatShowsUpLateIsFound() {
        did.on("GET /talks", 200, OTHER_TALK)
                .on("GET /talks", 200, OTHER_TALK)
                .on("GET /talks", 200, OTHER_TALK)
                .on("GET /talks", 200, wire("talks-with-user-data"));
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(10))
                .assertNext(DidReconcileTests::isOurs)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void talkThatNoLookShowsIsCertainlyNotThere() {
        did.on("GET /talks", 200, OTHER_TALK);

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(10))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(did.calls()).isEqualTo(Collections.nCopies(4, "GET /talks"));
    }

    @Test
    void accountWithoutTalksHasNone() {
        did.on("GET /talks", 200, NO_TALKS);

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .thenAwait(Duration.ofSeconds(10))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void bareListIsReadTalkByTalk() {
        did.on("GET /talks", 200, wire("talks-bare"));
        did.on("GET /talks/tlk_Z9y8X7", 200, NAMED_TALK.formatted("tlk_Z9y8X7"));
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-started"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .assertNext(DidReconcileTests::isOurs)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void otherTalksOfABareListAreReadOnce() {
        did.on("GET /talks", 200, wire("talks-bare"));
        did.on("GET /talks/tlk_Z9y8X7", 200, NAMED_TALK.formatted("tlk_Z9y8X7"));
        did.on("GET /talks/tlk_A1b2C3", 200, NAMED_TALK.formatted("tlk_A1b2C3"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .thenAwait(Duration.ofSeconds(10))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(did.calls())
                .filteredOn(call -> call.startsWith("GET /talks/"))
                .hasSize(2);
    }

    @Test
    void talksOfBeforeTheSubmitAreNotRead() {
        did.on("GET /talks", 200, wire("talks-bare").replace("T10:", "T08:"));

        StepVerifier.withVirtualTime(() -> submitted().reconcile(ADDRESSES))
                .thenAwait(Duration.ofSeconds(10))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(did.calls()).noneMatch(call -> call.startsWith("GET /talks/"));
    }

    @Test
    void nothingIsCertainWhereNothingCanBeRecognized() {
        did.on("GET /talks", 200, wire("talks-bare"));
        did.on("GET /talks/tlk_Z9y8X7", 200, BARE_TALK.formatted("tlk_Z9y8X7"));
        did.on("GET /talks/tlk_A1b2C3", 200, BARE_TALK.formatted("tlk_A1b2C3"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .thenAwait(Duration.ofMinutes(1))
                .expectErrorSatisfies(failure(
                        FailureKind.SUBMIT_UNCONFIRMED,
                        failure -> assertThat(failure)
                                .hasMessage("it cannot be known whether there is a talk: D-ID does not show what its"
                                        + " talks can be recognized by")))
                .verify(PATIENCE);
    }

    @Test
    void nothingIsCertainWhereListsNeverEnd() {
        did.on("GET /talks", 200, OTHER_TALK.replace("]}", "], \"token\": \"more\"}"));
        did.on("GET /talks?limit=100&token=more", 200, OTHER_TALK.replace("]}", "], \"token\": \"more\"}"));

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .thenAwait(Duration.ofMinutes(1))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
    }

    @Test
    void failedLookIsMadeUpForByALaterOne() {
        did.on("GET /talks", 200, NO_TALKS)
                .on("GET /talks", 200, NO_TALKS)
                .on("GET /talks", 200, NO_TALKS)
                .on("GET /talks", 500, "{}")
                .on("GET /talks", 503, "{}")
                .on("GET /talks", 500, "{}")
                .on("GET /talks", 200, NO_TALKS);

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(15))
                .thenAwait(Duration.ofSeconds(5))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void nothingIsCertainWhileLooksFail() {
        did.on("GET /talks", 500, "{}");

        StepVerifier.withVirtualTime(() -> provider().reconcile(ADDRESSES))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(20))
                .thenAwait(Duration.ofSeconds(20))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
        assertThat(did.calls()).hasSize(18);
    }

    @Test
    void requestWithoutAKeyCannotBeRecognized() {
        AvatarRequest nameless = ADDRESSES.toBuilder().idempotencyKey(null).build();

        StepVerifier.create(provider().reconcile(nameless))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
        assertThat(did.calls()).isEmpty();
    }

    @Test
    void reconciledTalkKeepsTheWarningsOfItsSubmit() {
        did.on("GET /talks", 200, wire("talks-with-user-data"));
        did.on("GET /talks/tlk_A1b2C3", 200, wire("talk-done"));

        StepVerifier.withVirtualTime(() -> provider()
                        .reconcile(ADDRESSES.toBuilder().option("still", true).build()))
                .assertNext(job -> assertThat(job.video())
                        .satisfies(video -> assertThat(video.warnings())
                                .containsExactly("d-id does not know the option 'still'; it was left out")))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static void isOurs(AvatarJob job) {
        assertThat(job.id()).isEqualTo(JOB);
        assertThat(job.status()).isEqualTo(AvatarJobStatus.RUNNING);
    }

    private DidAvatarProvider provider() {
        return DidAvatarProvider.builder(() -> "user:password")
                .webClientBuilder(WebClient.builder().exchangeFunction(did))
                .clock(Clock.fixed(SUBMITTED, ZoneOffset.UTC))
                .build();
    }

    /** A provider that remembers when it sent the submit. */
    private DidAvatarProvider submitted() {
        DidAvatarProvider provider = provider();
        did.on("POST /talks", 504, "{}");
        StepVerifier.create(provider.submit(ADDRESSES))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);
        return provider;
    }
}
