package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.storage.VideoLink;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Answers may be printed by whoever debugs the server; the addresses in them may not. */
class SignedAddressTests {

    private static final String URL = "https://bucket.example.com/video.mp4?X-Amz-Signature=0123456789";

    private final VideoLink link = new VideoLink(URI.create(URL), Instant.EPOCH);

    @Test
    void noAnswerPrintsTheAddressOfItsVideo() {
        WireGeneration generation = WireGeneration.completed("job-1", "preview", link);
        WireJob.Result result = new WireJob.Result(link.url(), link.expiresAt(), "video/mp4", 5, 1, 64, 64, 25, 25);

        assertThat(generation.videoUrl()).hasToString(URL);
        assertThat(generation.toString()).contains("job-1").doesNotContain("Signature", "bucket");
        assertThat(result.toString()).contains("sizeBytes=5").doesNotContain("Signature", "bucket");
        assertThat(WireVideoUrl.of(link).toString()).doesNotContain("Signature", "bucket");
        assertThat(link.toString()).doesNotContain("Signature", "bucket");
    }
}
