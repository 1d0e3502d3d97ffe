package io.avatarservice.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetryScheduleTests {

    /** Draws the middle, at which nothing is added or taken away. */
    private static final RandomGenerator STEADY = new Random() {
        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofSeconds(100)), STEADY);

    @Test
    void pausesFollowTheList() {
        assertThat(schedule.after(1, null)).contains(Duration.ofSeconds(10));
        assertThat(schedule.after(2, null)).contains(Duration.ofSeconds(100));
        assertThat(schedule.after(3, null)).isEmpty();
    }

    @Test
    void byDefaultACallIsTriedTenTimesInTheCourseOfADay() {
        WebhookProperties properties = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("avatar.webhooks", WebhookProperties.class);
        RetrySchedule defaults = new RetrySchedule(properties.retryDelays(), STEADY);

        Duration all = IntStream.rangeClosed(1, 9)
                .mapToObj(attempt -> defaults.after(attempt, null).orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isBetween(Duration.ofHours(18), Duration.ofHours(20));
        assertThat(defaults.after(10, null)).isEmpty();
    }

    @Test
    void theReceiversLongerPauseIsKept() {
        assertThat(schedule.after(1, Duration.ofSeconds(5))).contains(Duration.ofSeconds(10));
        assertThat(schedule.after(1, Duration.ofSeconds(50))).contains(Duration.ofSeconds(50));
    }

    @Test
    void noReceiverPutsACallOffForLongerThanTheLongestPause() {
        assertThat(schedule.after(1, Duration.ofDays(365))).contains(Duration.ofSeconds(100));
    }

    @Test
    void pausesDifferByAFifth() {
        RetrySchedule jittered = new RetrySchedule(List.of(Duration.ofSeconds(10)), new Random(1));

        List<Duration> pauses = IntStream.range(0, 200)
                .mapToObj(i -> jittered.after(1, null).orElseThrow())
                .toList();

        assertThat(pauses).allMatch(pause -> pause.toMillis() >= 8_000 && pause.toMillis() <= 12_000);
        assertThat(pauses).anyMatch(pause -> pause.toMillis() < 8_500).anyMatch(pause -> pause.toMillis() > 11_500);
    }
}
