package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class WaitModeTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait=5                 |  5 | wait=5
                    wait=500               | 50 | wait=50
                    wait=0                 |  0 | wait=0
                    respond-async          |  0 | respond-async
                    respond-async, wait=10 |  0 | respond-async
                    wait=10, handling=lenient | 10 | wait=10
                    wait=soon              | 50 |
                    return=minimal         | 50 |
                    """)
    void followsThePreference(String prefer, int seconds, @Nullable String applied) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Prefer", prefer);

        WaitMode mode = WaitMode.of(headers, Duration.ofSeconds(50));

        assertThat(mode).isEqualTo(new WaitMode(Duration.ofSeconds(seconds), applied));
    }
}
