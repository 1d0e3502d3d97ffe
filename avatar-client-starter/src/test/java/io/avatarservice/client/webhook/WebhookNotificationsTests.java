package io.avatarservice.client.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.JobNotifications.Subscription;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class WebhookNotificationsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final URI URL = URI.create("https://orchestrator.example.com/avatar/webhooks");
    private static final ProviderId PROVIDER = ProviderId.of("d-id");
    private static final WebhookCall CALL = new WebhookCall(null, null, null, new byte[0]);

    private final WebhookNotifications notifications =
            WebhookNotifications.builder(URL).maxSubscriptions(2).build();

    @Test
    void eachJobGetsAnAddressOfItsOwn() {
        URI first = webhookOf(notifications.open(PROVIDER));
        URI second = webhookOf(notifications.open(PROVIDER));

        assertThat(first.toString()).startsWith(URL + "/d-id/");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void callWakesWhoeverWatchesTheJob() {
        Subscription subscription = notifications.open(PROVIDER);

        StepVerifier.create(subscription.hints().take(2))
                .then(() -> call(subscription))
                .expectNext(true)
                .then(() -> call(subscription))
                .expectNext(true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void callWakesNobodyElse() {
        Subscription called = notifications.open(PROVIDER);
        Subscription other = notifications.open(PROVIDER);

        StepVerifier.create(other.hints())
                .then(() -> call(called))
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void callsWhileNobodyWaitsAreOneHintLater() {
        Subscription subscription = notifications.open(PROVIDER);
        call(subscription);
        call(subscription);
        call(subscription);

        StepVerifier.create(subscription.hints().take(1))
                .expectNext(true)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(subscription.hints())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void wrongTokenIsAnUnknownAddress() {
        WebhookAddress address = addressOf(notifications.open(PROVIDER));

        assertThat(notifications.receive(
                        new WebhookAddress(address.provider(), address.subscription(), address.token() + "x"), CALL))
                .isEqualTo(WebhookAnswer.UNKNOWN);
    }

    @Test
    void tokenIsGoodForItsProviderAndJobOnly() {
        WebhookAddress address = addressOf(notifications.open(PROVIDER));
        WebhookAddress other = addressOf(notifications.open(PROVIDER));

        assertThat(notifications.knows(new WebhookAddress("sadtalker", address.subscription(), address.token())))
                .isFalse();
        assertThat(notifications.knows(new WebhookAddress("d-id", other.subscription(), address.token())))
                .isFalse();
    }

    @Test
    void callForAClosedJobIsTakenSoThatItIsNotRepeated() {
        Subscription subscription = notifications.open(PROVIDER);

        subscription.close();
        subscription.close();

        assertThat(call(subscription)).isEqualTo(WebhookAnswer.ACCEPTED);
        assertThat(notifications.openSubscriptions()).isZero();
    }

    @Test
    void jobOfAnotherStartIsAnUnknownAddressAlsoWithTheSameSecret() {
        byte[] secret = {1, 2, 3};
        Subscription before =
                WebhookNotifications.builder(URL).secret(secret).build().open(PROVIDER);
        WebhookNotifications after =
                WebhookNotifications.builder(URL).secret(secret).build();

        assertThat(after.receive(addressOf(before), CALL)).isEqualTo(WebhookAnswer.UNKNOWN);
    }

    @Test
    void jobsBeyondTheLimitAreNotGivenAnAddress() {
        Subscription first = notifications.open(PROVIDER);
        notifications.open(PROVIDER);

        assertThat(notifications.open(PROVIDER).webhook()).isNull();

        first.close();
        assertThat(notifications.open(PROVIDER).webhook()).isNotNull();
    }

    @Test
    void tokensAreMadeWithTheSecret() {
        WebhookNotifications same = WebhookNotifications.builder(URL)
                .secret("one".getBytes(StandardCharsets.UTF_8))
                .build();
        WebhookNotifications other = WebhookNotifications.builder(URL)
                .secret("two".getBytes(StandardCharsets.UTF_8))
                .build();
        WebhookAddress address = addressOf(same.open(PROVIDER));
        other.open(PROVIDER);

        assertThat(same.knows(address)).isTrue();
        assertThat(other.knows(address)).isFalse();
    }

    @Test
    void tokenIsNotShown() {
        Subscription subscription = notifications.open(PROVIDER);

        assertThat(subscription.toString())
                .doesNotContain(addressOf(subscription).token());
    }

    private WebhookAnswer call(Subscription subscription) {
        return notifications.receive(addressOf(subscription), CALL);
    }

    private static WebhookAddress addressOf(Subscription subscription) {
        String[] parts = webhookOf(subscription).getPath().split("/");
        return new WebhookAddress(parts[parts.length - 3], parts[parts.length - 2], parts[parts.length - 1]);
    }

    private static URI webhookOf(Subscription subscription) {
        return Objects.requireNonNull(subscription.webhook());
    }
}
