package io.avatarservice.server.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.server.support.FakeDriver;
import io.avatarservice.server.support.TestMedia;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Inputs by URL: fetched by the worker, their failures shown by the job and by a waiting {@code /generate}. */
class RemoteInputIT extends ServerIT {

    @RegisterExtension
    static final WireMockExtension REMOTE = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @Test
    void bothInputsAreFetched() {
        serve("/portrait", ok().withBody(TestMedia.png()));
        serve("/moved", temporaryRedirect(REMOTE.url("/speech")));
        serve("/speech", ok().withBody(TestMedia.wav(1)));

        post("/generate", request("image_url", REMOTE.url("/portrait"), "audio_url", REMOTE.url("/moved")))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("completed");
    }

    @Test
    void aVideoThatAnOptionNamesIsFetchedToo() {
        serve("/portrait", ok().withBody(TestMedia.png()));
        serve("/speech", ok().withBody(TestMedia.wav(1)));
        serve("/nod", ok().withBody("a nod"));

        post(
                        "/generate",
                        request(
                                "image_url",
                                REMOTE.url("/portrait"),
                                "audio_url",
                                REMOTE.url("/speech"),
                                "options",
                                Map.of(FakeDriver.VIDEO, REMOTE.url("/nod"))))
                .expectStatus()
                .isOk();

        assertThat(driver.video()).isEqualTo("a nod");
    }

    @Test
    void aMissingFileIsTheRequestsFault() {
        serve("/portrait", aResponse().withStatus(404));

        JsonNode error = failure(400, "INVALID_REQUEST");

        assertThat(error.get("message").asText()).contains("404");
        assertThat(job(error.get("job_id").asText()).at("/error/field").asText())
                .isEqualTo("image_url");
    }

    @Test
    void aSlowFileIsGivenUp() {
        serve("/portrait", ok().withBody(TestMedia.png()).withFixedDelay(30_000));

        failure(400, "INVALID_REQUEST");
    }

    @Test
    void anEndlessFileIsCutOffAtTheLimit() {
        serve("/portrait", ok().withBody(new byte[300_000]).withChunkedDribbleDelay(30, 500));

        JsonNode error = failure(413, "PAYLOAD_TOO_LARGE");

        assertThat(error.get("message").asText()).contains("204,800");
    }

    @Test
    void aRedirectToAnotherSchemeIsNotFollowed() {
        serve("/portrait", temporaryRedirect("file:///etc/hostname"));

        failure(400, "INVALID_REQUEST");
    }

    @Test
    void whatIsFetchedIsCheckedUnderTheNameOfItsField() {
        serve("/portrait", ok().withBody("a text"));

        failure(415, "UNSUPPORTED_MEDIA");
    }

    @Test
    void cancellingEndsTheDownload() {
        serve("/portrait", ok().withBody(new byte[1000]).withChunkedDribbleDelay(100, 60_000));
        Map<String, Object> request = brokenRequest();
        String id = post("/v1/jobs", request)
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("id")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> "fetching".equals(job(id).get("stage").asText()));

        http.delete().uri("/v1/jobs/" + id).exchange().expectStatus().isOk();

        awaitStatus(id, "cancelled");
    }

    private JsonNode failure(int status, String code) {
        JsonNode error = post("/generate", brokenRequest())
                .expectStatus()
                .isEqualTo(status)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(error.get("status").asText()).isEqualTo("error");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.at("/errors/0/field").asText()).isEqualTo("image_url");
        return error;
    }

    private static Map<String, Object> brokenRequest() {
        return request("image_url", REMOTE.url("/portrait"), "audio_b64", base64(TestMedia.wav(1)));
    }

    private static void serve(String path, ResponseDefinitionBuilder response) {
        REMOTE.stubFor(get(path).willReturn(response));
    }
}
