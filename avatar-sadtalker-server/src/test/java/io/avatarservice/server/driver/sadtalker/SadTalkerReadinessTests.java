package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.model.TestModels;
import io.avatarservice.server.torch.program.FileFingerprints;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SadTalkerReadinessTests {

    @TempDir
    Path folder;

    @Test
    void everyMissingFileIsNamed() {
        assertThat(readiness().missing())
                .containsExactly(
                        "sadtalker_256.safetensors",
                        "mapping_70.safetensors",
                        "mapping_73.safetensors",
                        "retinaface.safetensors",
                        "fan.safetensors");
        assertThat(readiness().defaultSize()).isEqualTo(256);
    }

    @Test
    void theLargeFileAloneMakesItsSizeTheDefault() {
        install(Model.SADTALKER_512, Model.MAPPING_70, Model.MAPPING_73, Model.RETINAFACE, Model.FAN);

        assertThat(readiness().defaultSize()).isEqualTo(512);
        assertThat(readiness().missing()).isEmpty();
    }

    @Test
    void aRenderNeedsOnlyTheFilesOfItsMode() {
        install(Model.SADTALKER_256, Model.MAPPING_70, Model.RETINAFACE, Model.FAN);

        assertThatCode(() -> require(Map.of("preprocess", "extcrop"))).doesNotThrowAnyException();
        assertRefused(
                Map.of("preprocess", "full"),
                "the driver 'sadtalker' is not ready for size 256, missing: mapping_73.safetensors;"
                        + " 'models download --size 256' fetches them");
        assertRefused(
                Map.of("size", 512),
                "the driver 'sadtalker' is not ready for size 512, missing: sadtalker_512.safetensors;"
                        + " 'models download --size 512' fetches them");
    }

    private void assertRefused(Map<String, ?> options, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> require(options))
                .withMessage(message)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.DRIVER_NOT_READY))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("driver"));
    }

    private void require(Map<String, ?> options) {
        readiness().require(SadTalkerOptions.of(SadTalkerOptions.parse(256, options)));
    }

    private void install(Model... models) {
        for (Model model : models) {
            TestModels.install(model, folder);
        }
    }

    private SadTalkerReadiness readiness() {
        return new SadTalkerReadiness(
                new ModelStore(
                        TestModels.catalog("http://localhost/"),
                        TestModels.properties(folder, Map.of()),
                        new FileFingerprints(folder.resolve("cache"))),
                new TorchRuntime(TorchProperties.defaults()));
    }
}
