package io.avatarservice.sample;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;

/** WireMock in the place of the server that renders. */
final class FakeServer {

    static final String VIDEO = "ftyp and so on";

    private FakeServer() {}

    static WireMockExtension start() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig().dynamicPort())
                .build();
    }

    /** A job that is queued, runs, and completes, and whose video can be read. */
    static void renders(WireMockExtension server) {
        accepts(server);
        server.stubFor(get("/v1/jobs/1")
                .inScenario("render")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("rendered")
                .willReturn(okJson(
                        "{\"id\": \"1\", \"status\": \"running\", \"stage\": \"rendering\", \"progress\": 0.5}")));
        server.stubFor(get("/v1/jobs/1")
                .inScenario("render")
                .whenScenarioStateIs("rendered")
                .willReturn(okJson(
                        "{\"id\": \"1\", \"status\": \"completed\", \"result\": {\"video_url\": \"/media/1.mp4\"}}")));
        server.stubFor(get("/media/1.mp4").willReturn(aResponse().withBody(VIDEO)));
    }

    /** A job that is accepted and then ends in error. */
    static void failsLater(WireMockExtension server) {
        accepts(server);
        server.stubFor(get("/v1/jobs/1").willReturn(okJson("""
                                {"id": "1", "status": "error",
                                 "error": {"code": "FACE_NOT_FOUND", "message": "no face in the portrait", "field": "image"}}
                                """)));
    }

    /** A job that never ends by itself. */
    static void rendersForever(WireMockExtension server) {
        accepts(server);
        server.stubFor(get("/v1/jobs/1").willReturn(okJson("{\"id\": \"1\", \"status\": \"running\"}")));
        server.stubFor(delete("/v1/jobs/1").willReturn(okJson("{\"id\": \"1\", \"status\": \"cancelled\"}")));
    }

    static void refuses(WireMockExtension server) {
        server.stubFor(post("/v1/jobs")
                .willReturn(answer(415, "application/problem+json")
                        .withHeader("Retry-After", "7")
                        .withBody("""
                                {"title": "Unsupported Media Type", "status": 415, "code": "UNSUPPORTED_MEDIA",
                                 "detail": "image: neither JPEG, PNG nor WebP",
                                 "errors": [{"field": "image", "message": "neither JPEG, PNG nor WebP"}]}
                                """)));
    }

    private static void accepts(WireMockExtension server) {
        server.stubFor(post("/v1/jobs")
                .willReturn(answer(202, "application/json").withBody("{\"id\": \"1\", \"status\": \"queued\"}")));
    }

    private static ResponseDefinitionBuilder answer(int status, String contentType) {
        return aResponse().withStatus(status).withHeader("Content-Type", contentType);
    }
}
