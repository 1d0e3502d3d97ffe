package io.avatarservice.did;

import static io.avatarservice.did.Samples.ADDRESSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.did.fake.FakeDid;
import io.avatarservice.did.fake.FakeTalk;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Many renders at once while one call in five goes wrong. */
class DidLoadIT {

    private static final int RENDERS = 300;

    @RegisterExtension
    static final FakeDid DID = new FakeDid();

    private final DidAvatarProvider provider = DidAvatarProvider.builder(() -> FakeDid.API_KEY)
            .baseUrl(DID.start().baseUrl())
            .build();

    @Test
    void everyRenderEndsAndNoneIsPaidForTwice() {
        DID.faults(FaultPlan.random(
                        42,
                        0.2,
                        Fault.status(503),
                        Fault.status(429),
                        Fault.statusAfterAccepting(504),
                        Fault.resetAfterAccepting(),
                        Fault.delay(Duration.ofMillis(200)))
                .onlyFor(Operation.SUBMIT, Operation.FIND, Operation.LIST));

        List<AvatarJob> ended = Objects.requireNonNull(Flux.range(0, RENDERS)
                .flatMap(number -> render("order-" + number), 200)
                .collectList()
                .block(Duration.ofMinutes(3)));

        assertThat(ended)
                .hasSize(RENDERS)
                .allSatisfy(job -> assertThat(job.status()).isEqualTo(AvatarJobStatus.COMPLETED));
        assertThat(DID.talks()).extracting(FakeTalk::userData).hasSize(RENDERS).doesNotHaveDuplicates();
        assertThat(DID.talksBilled()).isEqualTo(RENDERS);
    }

    private Mono<AvatarJob> render(String key) {
        AvatarRequest request = ADDRESSES.toBuilder().idempotencyKey(key).build();
        return accepted(request)
                .expand(job -> job.status().isTerminal() ? Mono.empty() : patiently(provider.find(job.id())))
                .last();
    }

    /** As a client does: sends again only what certainly was not accepted. */
    private Mono<AvatarJob> accepted(AvatarRequest request) {
        return patiently(provider.submit(request))
                .onErrorResume(
                        seen -> seen instanceof AvatarException failure
                                && failure.kind() == FailureKind.SUBMIT_UNCONFIRMED,
                        seen -> provider.reconcile(request).switchIfEmpty(Mono.defer(() -> accepted(request))));
    }

    private static Mono<AvatarJob> patiently(Mono<AvatarJob> call) {
        return call.retryWhen(Retry.backoff(20, Duration.ofMillis(20))
                .maxBackoff(Duration.ofMillis(200))
                .filter(seen ->
                        seen instanceof AvatarException failure && failure.kind() != FailureKind.SUBMIT_UNCONFIRMED));
    }
}
