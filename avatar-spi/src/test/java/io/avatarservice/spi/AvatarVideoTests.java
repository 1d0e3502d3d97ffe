package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvatarVideoTests {

    private static final AvatarVideo VIDEO = AvatarVideo.builder(
                    ProviderId.of("d-id"),
                    JobId.of("tlk_1"),
                    URI.create("https://cdn.example.com/v.mp4?Signature=secret"))
            .contentType("video/webm")
            .duration(Duration.ofMillis(4320))
            .sizeBytes(123_456L)
            .width(640)
            .height(480)
            .frameRate(25.0)
            .expiresAt(Instant.parse("2026-01-02T03:04:05Z"))
            .warnings(List.of("the option 'seed' is not known here"))
            .attempts(List.of(AvatarAttempt.succeeded(ProviderId.of("d-id"), JobId.of("tlk_1"), Duration.ofSeconds(9))))
            .build();

    @Test
    void copyEqualsItsOriginal() {
        assertThat(VIDEO.toBuilder().build()).isEqualTo(VIDEO);
    }

    @Test
    void isMp4UnlessSaidOtherwise() {
        AvatarVideo video = AvatarVideo.builder(VIDEO.provider(), VIDEO.jobId(), VIDEO.url())
                .build();

        assertThat(video.contentType()).isEqualTo("video/mp4");
    }

    @Test
    void hidesTheSignatureOfItsAddress() {
        assertThat(VIDEO.toString())
                .contains("https://cdn.example.com/v.mp4?***", "PT4.32S", "640", "25.0")
                .doesNotContain("secret");
    }
}
