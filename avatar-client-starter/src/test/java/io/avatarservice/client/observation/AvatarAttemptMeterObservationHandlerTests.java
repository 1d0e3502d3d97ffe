package io.avatarservice.client.observation;

import static io.avatarservice.client.observation.ScriptedAvatarClient.REQUEST;
import static io.avatarservice.client.observation.ScriptedAvatarClient.SELECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AvatarAttemptMeterObservationHandlerTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry registry = registry();

    @Test
    void eachAttemptIsTimedUnderItsProvider() {
        new ObservedAvatarClient(new ScriptedAvatarClient(), SELECTED, registry, null).renderBlocking(REQUEST);

        Timer succeeded = meters.get("avatar.client.attempt")
                .tag("avatar.provider", "d-id")
                .tag("avatar.outcome", "succeeded")
                .tag("avatar.failure", "none")
                .timer();
        assertThat(succeeded.count()).isEqualTo(1);
        assertThat(succeeded.totalTime(TimeUnit.SECONDS)).isEqualTo(9);
        assertThat(meters.get("avatar.client.attempt")
                        .tag("avatar.provider", "sadtalker")
                        .tag("avatar.outcome", "skipped")
                        .tag("avatar.failure", "UNAVAILABLE")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void idsAreNoTags() {
        new ObservedAvatarClient(new ScriptedAvatarClient(), SELECTED, registry, null).renderBlocking(REQUEST);

        assertThat(meters.get("avatar.client.operation").timer().getId().getTags())
                .extracting("key")
                .containsExactlyInAnyOrder(
                        "avatar.failure",
                        "avatar.operation",
                        "avatar.outcome",
                        "avatar.provider",
                        "avatar.served.by",
                        "error");
    }

    private ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new AvatarAttemptMeterObservationHandler(meters));
        return registry;
    }
}
