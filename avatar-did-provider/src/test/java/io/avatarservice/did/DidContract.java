package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.wire;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wire contract, with WireMock and recorded bodies in the place of D-ID. */
abstract class DidContract {

    /** A minute before the recorded talk was accepted. */
    static final Instant NOW = Instant.parse("2026-11-22T09:59:00Z");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @Nullable String apiKey = "user:password";

    final DidAvatarProvider provider = builder(SERVER.baseUrl()).build();
    final DidAvatarProvider impatient = builder(SERVER.baseUrl())
            .submitTimeout(Duration.ofMillis(100))
            .responseTimeout(Duration.ofMillis(100))
            .build();

    final DidAvatarProvider.Builder builder(String baseUrl) {
        return DidAvatarProvider.builder(() -> apiKey)
                .baseUrl(URI.create(baseUrl))
                .submitTimeout(PATIENCE)
                .responseTimeout(PATIENCE)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static void accept() {
        SERVER.stubFor(post("/talks").willReturn(json(201, wire("talk-accepted"))));
        SERVER.stubFor(post("/images").willReturn(json(201, wire("image-uploaded"))));
        SERVER.stubFor(post("/audios").willReturn(json(201, wire("audio-uploaded"))));
        SERVER.stubFor(delete(anyUrl()).willReturn(json(200, wire("talk-done"))));
    }

    static void found(String body) {
        SERVER.stubFor(get("/talks/tlk_A1b2C3").willReturn(json(200, body)));
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    static ResponseDefinitionBuilder error(int status, String kind, String description) {
        return json(status, "{\"kind\": \"%s\", \"description\": \"%s\"}".formatted(kind, description));
    }
}
