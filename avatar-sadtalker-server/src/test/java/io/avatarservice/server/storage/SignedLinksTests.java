package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.support.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignedLinksTests {

    private static final Duration LIFETIME = Duration.ofHours(24);

    private final VideoKey key = VideoKey.random();
    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final SignedLinks links = new SignedLinks(LIFETIME, clock);
    private int signed;

    @Test
    void anAddressIsSignedOnceForItsFirstHalf() {
        VideoLink first = links.get(key, this::sign);
        clock.pass(Duration.ofHours(12));

        assertThat(links.get(key, this::sign)).isSameAs(first);
    }

    @Test
    void anAddressIsSignedAnewInItsSecondHalf() {
        VideoLink first = links.get(key, this::sign);
        clock.pass(Duration.ofHours(12).plusSeconds(1));

        VideoLink second = links.get(key, this::sign);

        assertThat(second.url()).isNotEqualTo(first.url());
        assertThat(second.expiresAt()).isEqualTo(clock.instant().plus(LIFETIME));
    }

    @Test
    void anAddressThatEndsEarlyIsNotKept() {
        links.get(key, (video, lifetime) -> sign(video, Duration.ofMinutes(10)));

        links.get(key, this::sign);

        assertThat(signed).isEqualTo(2);
    }

    @Test
    void aFreshAddressReplacesTheKnownOne() {
        links.get(key, this::sign);
        VideoLink fresh = links.renew(key, this::sign);

        assertThat(signed).isEqualTo(2);
        assertThat(links.get(key, this::sign)).isSameAs(fresh);
    }

    @Test
    void aDeletedVideoIsForgotten() {
        links.get(key, this::sign);

        links.forget(key);
        links.get(key, this::sign);

        assertThat(signed).isEqualTo(2);
    }

    private VideoLink sign(VideoKey video, Duration lifetime) {
        signed++;
        return new VideoLink(
                URI.create("https://bucket.example.com/" + video.value() + "?signature=" + signed),
                clock.instant().plus(lifetime));
    }
}
