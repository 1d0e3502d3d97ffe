package io.avatarservice.server.webhook;

import static io.avatarservice.server.webhook.Deliveries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a delivery. */
class WebhookDeliveryTests {

    private static final String URL = "https://receiver.example.com/hook/t0ken?signature=x";

    private final RetrySchedule once = new RetrySchedule(List.of(Duration.ofSeconds(10)), new Random(1));
    private final WebhookDelivery waiting = WebhookDelivery.waiting(new JobId("a"), Deliveries.to(URL));
    private final WebhookDelivery pending = waiting.begun(NOON);

    @Test
    void isDueWhenItsJobEnds() {
        assertThat(waiting.state()).isEqualTo(WebhookState.WAITING);
        assertThat(waiting.nextAttemptAt()).isNull();
        assertThat(pending.state()).isEqualTo(WebhookState.PENDING);
        assertThat(pending.rounds()).isOne();
        assertThat(pending.pendingSince()).isEqualTo(NOON);
        assertThat(pending.nextAttemptAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void isDeliveredByAnySuccess(int status) {
        WebhookDelivery delivered = pending.attempted(WebhookAnswer.of(status, null), NOON.plusSeconds(1), once);

        assertThat(delivered.state()).isEqualTo(WebhookState.DELIVERED);
        assertThat(delivered.attempts()).isOne();
        assertThat(delivered.lastStatus()).isEqualTo(status);
        assertThat(delivered.lastError()).isNull();
        assertThat(delivered.lastAttemptAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(delivered.nextAttemptAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 301, 302, 308, 400, 401, 404, 429, 500, 503})
    void isTriedAgainAfterAnyOtherAnswerAndThenFails(int status) {
        WebhookDelivery again = pending.attempted(WebhookAnswer.of(status, null), NOON, once);
        WebhookDelivery failed = again.attempted(WebhookAnswer.none("no answer"), NOON.plusSeconds(20), once);

        assertThat(again.state()).isEqualTo(WebhookState.PENDING);
        assertThat(again.lastStatus()).isEqualTo(status);
        assertThat(again.lastError()).contains(Integer.toString(status));
        assertThat(again.nextAttemptAt()).isBetween(NOON.plusSeconds(8), NOON.plusSeconds(12));
        assertThat(again.pendingSince()).isEqualTo(NOON);
        assertThat(failed.state()).isEqualTo(WebhookState.FAILED);
        assertThat(failed.attempts()).isEqualTo(2);
        assertThat(failed.lastStatus()).isNull();
        assertThat(failed.lastError()).isEqualTo("no answer");
        assertThat(failed.nextAttemptAt()).isNull();
    }

    @Test
    void isNotTriedAgainWhereTheReceiverIsGone() {
        WebhookDelivery gone = pending.attempted(WebhookAnswer.of(410, Duration.ofSeconds(5)), NOON, once);

        assertThat(gone.state()).isEqualTo(WebhookState.FAILED);
        assertThat(gone.nextAttemptAt()).isNull();
    }

    @Test
    void keepsItsMessageIdWheneverItIsBegunAnew() {
        WebhookDelivery delivered = pending.attempted(WebhookAnswer.of(200, null), NOON, once);

        WebhookDelivery again = delivered.begun(NOON.plusSeconds(60));

        assertThat(again.messageId()).isEqualTo(waiting.messageId()).startsWith("msg_");
        assertThat(again.state()).isEqualTo(WebhookState.PENDING);
        assertThat(again.rounds()).isEqualTo(2);
        assertThat(again.attempts()).isZero();
        assertThat(again.lastStatus()).isEqualTo(200);
        assertThat(WebhookTask.parse(WebhookTask.of(again).text())).isEqualTo(new WebhookTask(new JobId("a"), 2));
    }

    @Test
    void doesNotPrintItsUrl() {
        assertThat(pending.toString()).contains("PENDING").doesNotContain("receiver", "t0ken", "signature");
        assertThat(new WebhookMessage(pending.target().url(), "msg_1", 1, "v1,x", new byte[0]).toString())
                .doesNotContain("receiver", "t0ken", "signature");
    }
}
