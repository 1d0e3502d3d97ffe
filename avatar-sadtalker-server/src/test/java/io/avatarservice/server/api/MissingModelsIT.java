package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The driver 'sadtalker' on a server that has none of its checkpoints. */
class MissingModelsIT extends ServerIT {

    private static final List<String> FILES = List.of(
            "SadTalker_V0.0.2_256.safetensors",
            "mapping_00229-model.pth.tar",
            "mapping_00109-model.pth.tar",
            "detection_Resnet50_Final.pth",
            "alignment_WFLW_4HG.pth");

    @DynamicPropertySource
    static void noModels(DynamicPropertyRegistry registry) {
        registry.add(
                "avatar.models.directory",
                () -> Path.of("target", "server-it", "no-models").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({"/generate, message", "/v1/jobs, detail"})
    void theAnswerNamesTheFilesAndTheCommandThatFetchesThem(String path, String message) {
        JsonNode answer = body(post(path, sadTalker()).expectStatus().isEqualTo(503));

        assertThat(answer.get("code").asText()).isEqualTo("DRIVER_NOT_READY");
        assertThat(answer.toString())
                .contains(FILES)
                .contains("the driver 'sadtalker' is not ready, missing: ")
                .contains("'models download --size 256' fetches them");
        assertThat(answer.has(message)).as(answer.toString()).isTrue();
    }

    @Test
    void livePortraitNamesItsOwn() {
        Map<String, Object> request = goodRequest();
        request.put("driver", "liveportrait");

        JsonNode answer = body(post("/v1/jobs", request).expectStatus().isEqualTo(503));

        assertThat(answer.get("code").asText()).isEqualTo("DRIVER_NOT_READY");
        assertThat(answer.get("detail").asText())
                .startsWith("the driver 'liveportrait' is not ready, missing: appearance_feature_extractor.pth, ")
                .contains("landmark.onnx")
                .endsWith("'models download --driver liveportrait' fetches them");
    }

    @Test
    void theListOfDriversNamesTheFiles() {
        JsonNode drivers =
                body(http.get().uri("/v1/drivers").exchange().expectStatus().isOk());

        JsonNode driver = null;
        for (JsonNode each : drivers.findParents("missing")) {
            driver = each.get("name").asText().equals("sadtalker") ? each : driver;
        }
        assertThat(driver).isNotNull();
        assertThat(driver.get("ready").asBoolean()).isFalse();
        assertThat(driver.get("missing")).extracting(JsonNode::asText).containsExactlyElementsOf(FILES);
    }

    @Test
    void theAutomaticChoiceIsThePreview() {
        Map<String, Object> request = goodRequest();
        request.put("driver", "auto");

        JsonNode job = body(post("/v1/jobs", request).expectStatus().isAccepted());

        assertThat(job.get("driver").asText()).isEqualTo("preview");
        http.delete()
                .uri("/v1/jobs/" + job.get("id").asText())
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    private static Map<String, Object> sadTalker() {
        Map<String, Object> request = goodRequest();
        request.put("driver", "sadtalker");
        return request;
    }

    private static JsonNode body(WebTestClient.ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
