package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The values are those of the authors' program and of the C++ standard. */
class MersenneTwisterTests {

    @Test
    void theTenThousandthValueIsThatOfTheStandard() {
        MersenneTwister twister = new MersenneTwister(5489);
        for (int i = 1; i < 10_000; i++) {
            twister.next();
        }

        assertThat(Integer.toUnsignedLong(twister.next())).isEqualTo(4123659995L);
    }

    @Test
    void aKeySeedsAsTheAuthorsProgramDoes() {
        MersenneTwister twister = new MersenneTwister(new int[] {0x123, 0x234, 0x345, 0x456});

        assertThat(new long[] {
                    Integer.toUnsignedLong(twister.next()),
                    Integer.toUnsignedLong(twister.next()),
                    Integer.toUnsignedLong(twister.next())
                })
                .containsExactly(1067595299L, 955945823L, 477289528L);
    }
}
