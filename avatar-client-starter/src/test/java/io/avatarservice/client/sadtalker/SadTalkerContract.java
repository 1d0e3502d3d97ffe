package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wire contract, with WireMock in the place of the server. */
abstract class SadTalkerContract {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final JobId JOB = JobId.of("0198c0de");
    static final byte[] PORTRAIT = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};
    static final byte[] SPEECH = {'R', 'I', 'F', 'F', 0, -1, -2};
    static final AvatarRequest UPLOAD = AvatarRequest.of(MediaSource.bytes(PORTRAIT), MediaSource.bytes(SPEECH));
    static final AvatarRequest KEYED =
            UPLOAD.toBuilder().idempotencyKey("order-42").build();
    static final String QUEUED = """
            {"id": "0198c0de", "status": "queued", "driver": "preview", "stage": null, "progress": 0.0,
             "queue_position": 3, "created_at": "2026-01-02T03:04:05Z", "started_at": null, "finished_at": null,
             "result": null, "error": null, "timings": {"queued_ms": 1}}
            """;

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @Nullable String apiKey;

    final SadTalkerAvatarProvider provider = provider(SERVER.baseUrl());
    final SadTalkerAvatarProvider impatient = provider(SERVER.baseUrl(), Duration.ofMillis(100));

    final SadTalkerAvatarProvider provider(String baseUrl) {
        return provider(baseUrl, PATIENCE);
    }

    private SadTalkerAvatarProvider provider(String baseUrl, Duration timeout) {
        return SadTalkerAvatarProvider.builder(URI.create(baseUrl))
                .apiKey(() -> apiKey)
                .submitTimeout(timeout)
                .responseTimeout(timeout)
                .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
                .build();
    }

    static void accept() {
        SERVER.stubFor(post("/v1/jobs")
                .willReturn(aResponse()
                        .withStatus(202)
                        .withHeader("Location", "/v1/jobs/0198c0de")
                        .withHeader("Content-Type", "application/json")
                        .withBody(QUEUED)));
    }

    static void found(String body) {
        SERVER.stubFor(get("/v1/jobs/0198c0de").willReturn(okJson(body)));
    }

    static ResponseDefinitionBuilder problem(int status, String code, String detail) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody(
                        "{\"type\": \"about:blank\", \"title\": \"T\", \"status\": %d, \"detail\": \"%s\", \"code\": \"%s\"}"
                                .formatted(status, detail, code));
    }

    static Consumer<Throwable> failure(FailureKind kind) {
        return failure(kind, failure -> {});
    }

    static Consumer<Throwable> failure(FailureKind kind, Consumer<AvatarException> more) {
        return seen -> assertThat(seen)
                .asInstanceOf(type(AvatarException.class))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.provider()).isEqualTo(SadTalkerAvatarProvider.ID))
                .satisfies(more);
    }
}
