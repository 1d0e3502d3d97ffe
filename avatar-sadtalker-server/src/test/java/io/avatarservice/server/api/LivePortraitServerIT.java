package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.avatarservice.server.driver.liveportrait.testsupport.DrivingClips;
import io.avatarservice.server.driver.sadtalker.testsupport.TinyCheckpoints;
import io.avatarservice.server.support.TestMedia;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The driver {@code liveportrait} behind the wire, with tiny networks and made-up weights. */
@Import(LivePortraitServerIT.TinyNetworks.class)
@TestPropertySource(
        properties = {
            "avatar.media.max-image-bytes=2MB",
            "avatar.models.verify=off",
            "avatar.server.max-json-size=8MB",
            "avatar.torch.device=cpu",
            "avatar.torch.precision=f32",
            "avatar.torch.threads=1",
        })
class LivePortraitServerIT extends ServerIT {

    @TempDir
    private static Path models;

    @TempDir
    private Path folder;

    private String portrait;

    @DynamicPropertySource
    static void checkpoints(DynamicPropertyRegistry registry) {
        registry.add("avatar.models.directory", () -> models.resolve("files").toString());
        registry.add("avatar.models.cache", () -> models.resolve("cache").toString());
    }

    @BeforeAll
    static void write() {
        new TinyCheckpoints(models.resolve("files"), CheckpointFormat.ZIP_PICKLE).writeLivePortrait();
    }

    @BeforeEach
    void read() throws IOException {
        portrait = base64(Files.readAllBytes(DrivingClips.PORTRAIT));
    }

    @Test
    void aPortraitFollowsAVideo() throws IOException {
        Path driving = DrivingClips.sounding(folder.resolve("driving.mp4"), 4, "30000/1001");

        JsonNode result = finished(submit(driving), "completed").get("result");

        assertThat(result.get("frame_count").asInt()).isEqualTo(4);
        assertThat(result.get("frame_rate").asDouble()).isCloseTo(29.97, within(0.001));
        assertThat(result.get("width").asInt()).isEqualTo(512);
        assertThat(result.get("duration_seconds").asDouble()).isEqualTo(0.133);
    }

    @Test
    void aVideoWithoutAFaceIsTheJobsError() throws IOException {
        Path driving = DrivingClips.faceless(folder.resolve("faceless.mp4"));

        JsonNode error = finished(submit(driving), "error").get("error");

        assertThat(error.get("code").asText()).isEqualTo("FACE_NOT_FOUND");
        assertThat(error.get("field").asText()).isEqualTo("driving_video_b64");
    }

    @Test
    void aVideoWithoutPicturesIsRefusedAtOnce() throws IOException {
        Path sound = DrivingClips.withoutPictures(folder.resolve("sound.mp4"));

        post("/v1/jobs", request(sound))
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("driving_video_b64");
    }

    @Test
    void aPortraitWithoutAFaceIsTheJobsError() throws IOException {
        portrait = base64(TestMedia.png());
        Path driving = DrivingClips.silent(folder.resolve("driving.mp4"), 1, "25");

        JsonNode error = finished(submit(driving), "error").get("error");

        assertThat(error.get("code").asText()).isEqualTo("FACE_NOT_FOUND");
        assertThat(error.get("field").asText()).isEqualTo("image_b64");
    }

    /** The first render installs and loads the networks. */
    private JsonNode finished(String id, String status) {
        await().atMost(Duration.ofMinutes(2)).until(() -> job(id).get("status").asText(), status::equals);
        return job(id);
    }

    private String submit(Path driving) throws IOException {
        return post("/v1/jobs", request(driving))
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
    }

    private Map<String, Object> request(Path driving) throws IOException {
        return request(
                "image_b64",
                portrait,
                "driving_video_b64",
                base64(Files.readAllBytes(driving)),
                "driver",
                "liveportrait");
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class TinyNetworks {

        @Bean
        @Primary
        ProgramLibrary tinyPrograms() {
            return TinyCheckpoints.library();
        }
    }
}
