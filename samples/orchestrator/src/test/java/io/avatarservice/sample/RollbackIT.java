package io.avatarservice.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.fake.FakeAvatarServer;
import io.avatarservice.did.fake.FakeDid;
import io.avatarservice.spi.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The way back to D-ID and forth again: the application and its settings stay as they are, {@code AVATAR_PROVIDER} alone
 * says who renders.
 */
@Timeout(120)
class RollbackIT {

    @RegisterExtension
    static final FakeAvatarServer SERVER = new FakeAvatarServer();

    @RegisterExtension
    static final FakeDid DID = new FakeDid();

    private static final Path PORTRAIT = Path.of("..", "media", "portrait.png");
    private static final Path SPEECH = Path.of("..", "media", "speech.wav");

    @Test
    void oneVariableMovesTheApplicationToDIdAndBack() {
        assertThat(post(null)).containsExactly("queued", "running", "completed");
        assertThat(rendered()).isEqualTo("1 here, 0 at D-ID");

        assertThat(post("d-id")).containsExactly("queued", "running", "completed");
        assertThat(rendered()).isEqualTo("1 here, 1 at D-ID");

        assertThat(post("sadtalker")).containsExactly("queued", "running", "completed");
        assertThat(rendered()).isEqualTo("2 here, 1 at D-ID");
    }

    @Test
    void oneVariableMovesTheCommandLineToDIdAndBack(@TempDir Path out) {
        assertThat(render(null, out.resolve("1.mp4"))).isZero();
        assertThat(out.resolve("1.mp4")).hasBinaryContent(FakeAvatarServer.video());

        assertThat(render("d-id", out.resolve("2.mp4"))).isZero();
        assertThat(out.resolve("2.mp4"))
                .hasBinaryContent(FakeDid.video(DID.talks().get(0).id()));

        assertThat(render("sadtalker", out.resolve("3.mp4"))).isZero();
        assertThat(out.resolve("3.mp4")).hasBinaryContent(FakeAvatarServer.video());
        assertThat(rendered()).isEqualTo("2 here, 1 at D-ID");
    }

    @Test
    void failedRenderReadsTheSame() {
        SERVER.nextJobFails("FACE_NOT_FOUND", "no face was found");
        DID.nextTalkFails("FaceError", "face not detected");

        assertThat(failure(null)).isEqualTo(FailureKind.FACE_NOT_FOUND);
        assertThat(failure("d-id")).isEqualTo(FailureKind.FACE_NOT_FOUND);
    }

    private static String rendered() {
        return SERVER.jobsCreated() + " here, " + DID.talksCreated() + " at D-ID";
    }

    private static List<String> post(@Nullable String provider) {
        return answer(provider).stream().map(AvatarProgress::status).toList();
    }

    private static @Nullable FailureKind failure(@Nullable String provider) {
        List<AvatarProgress> lines = answer(provider);
        return lines.get(lines.size() - 1).kind();
    }

    private static List<AvatarProgress> answer(@Nullable String provider) {
        try (ConfigurableApplicationContext context = start(provider, WebApplicationType.REACTIVE, "--server.port=0")) {
            MultipartBodyBuilder parts = new MultipartBodyBuilder();
            parts.part("portrait", new FileSystemResource(PORTRAIT));
            parts.part("speech", new FileSystemResource(SPEECH));
            return Objects.requireNonNull(WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + context.getEnvironment().getProperty("local.server.port"))
                    .responseTimeout(Duration.ofSeconds(30))
                    .build()
                    .post()
                    .uri("/avatars")
                    .accept(MediaType.APPLICATION_NDJSON)
                    .bodyValue(parts.build())
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .returnResult(AvatarProgress.class)
                    .getResponseBody()
                    .collectList()
                    .block(Duration.ofSeconds(30)));
        }
    }

    private static int render(@Nullable String provider, Path out) {
        return SpringApplication.exit(start(
                provider,
                WebApplicationType.NONE,
                "--render.portrait=" + PORTRAIT,
                "--render.speech=" + SPEECH,
                "--render.out=" + out));
    }

    /** The application as it is deployed: everything about either provider is set all the time. */
    private static ConfigurableApplicationContext start(
            @Nullable String provider, WebApplicationType type, String... arguments) {
        Map<String, Object> variables = new HashMap<>(Map.of(
                "AVATAR_SERVICE_BASEURL",
                SERVER.baseUrl().toString(),
                "AVATAR_DID_BASEURL",
                DID.baseUrl().toString(),
                "DID_API_KEY",
                FakeDid.API_KEY,
                "AVATAR_CLIENT_POLLINTERVAL",
                "10ms"));
        if (provider != null) {
            variables.put("AVATAR_PROVIDER", provider);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        SpringApplication application = new SpringApplication(OrchestratorApplication.class);
        application.setWebApplicationType(type);
        application.setEnvironment(environment);
        return application.run(arguments);
    }
}
