package io.avatarservice.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.fake.FakeAvatarServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class RenderOnceIT {

    @RegisterExtension
    static final FakeAvatarServer SERVER = new FakeAvatarServer();

    private Path directory = Path.of("");

    @BeforeEach
    void chooseADirectory(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Files.write(directory.resolve("portrait.png"), new byte[] {1});
        Files.write(directory.resolve("speech.wav"), new byte[] {2});
    }

    @Test
    void writesTheVideoAndTellsHowItGoes(CapturedOutput output) {
        assertThat(render("portrait.png")).isZero();

        assertThat(directory.resolve("out/video.mp4")).hasContent(FakeAvatarServer.VIDEO);
        assertThat(output)
                .contains("Job job-1: queued 0 %", "Job job-1: running, rendering 41 %", "Job job-1: completed 100 %")
                .contains("Video: " + directory.resolve("out/video.mp4").toAbsolutePath());
    }

    @Test
    void failedRenderEndsWithOneAndTheReason(CapturedOutput output) {
        SERVER.nextJobFails("FACE_NOT_FOUND", "no face in the portrait");

        assertThat(render("portrait.png")).isEqualTo(1);

        assertThat(output)
                .contains("No video (FACE_NOT_FOUND): no face in the portrait")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void missingPortraitEndsWithOneAndTheReason(CapturedOutput output) {
        assertThat(render("gone.png")).isEqualTo(1);

        assertThat(output)
                .contains("No video (INVALID_REQUEST): image: " + directory.resolve("gone.png")
                        + " is not a readable file");
    }

    @Test
    void fileThatCannotBeWrittenEndsWithOneAndTheReason(CapturedOutput output) throws IOException {
        Files.write(directory.resolve("out"), new byte[] {3});

        assertThat(render("portrait.png")).isEqualTo(1);

        assertThat(output).contains("The video could not be written: ");
    }

    private int render(String portrait) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(OrchestratorApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--avatar.service.base-url=" + SERVER.baseUrl(),
                        "--avatar.client.poll-interval=10ms",
                        "--render.portrait=" + directory.resolve(portrait),
                        "--render.speech=" + directory.resolve("speech.wav"),
                        "--render.out=" + directory.resolve("out/video.mp4"));
        return SpringApplication.exit(context);
    }
}
