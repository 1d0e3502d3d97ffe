package io.avatarservice.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ReceiverSlotsTests {

    private final ReceiverSlots slots = new ReceiverSlots(2);

    @Test
    void eachReceiverHasItsOwn() {
        URI one = URI.create("https://one.example.com/a");

        assertThat(slots.acquire(one)).isTrue();
        assertThat(slots.acquire(URI.create("https://one.example.com/b?x"))).isTrue();
        assertThat(slots.acquire(one)).isFalse();
        assertThat(slots.acquire(URI.create("https://two.example.com/a"))).isTrue();

        slots.release(one);
        assertThat(slots.acquire(one)).isTrue();
    }

    @Test
    void aReceiverThatIsLeftIsForgotten() {
        URI one = URI.create("https://one.example.com/a");
        slots.acquire(one);
        slots.release(one);
        slots.release(one);

        assertThat(slots.acquire(one)).isTrue();
        assertThat(slots.acquire(one)).isTrue();
        assertThat(slots.acquire(one)).isFalse();
    }
}
