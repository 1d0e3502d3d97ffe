package io.avatarservice.client.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTests {

    @ParameterizedTest
    @CsvSource({
        "http://gpu:8001, http://gpu:8001/media/a.mp4?x=1, true",
        "http://gpu, http://gpu:80/a.mp4, true",
        "https://gpu, https://GPU:443/a.mp4, true",
        "http://gpu, https://gpu/a.mp4, false",
        "http://gpu:8001, http://gpu:8002/a.mp4, false",
        "http://gpu, http://gpu.example.com/a.mp4, false",
        "http://gpu, http://gpu@evil.example.com/a.mp4, false"
    })
    void isSchemeHostAndPort(URI first, URI second, boolean same) {
        assertThat(Origin.of(first).equals(Origin.of(second))).isEqualTo(same);
    }
}
