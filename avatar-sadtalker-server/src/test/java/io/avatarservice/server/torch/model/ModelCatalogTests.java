package io.avatarservice.server.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCatalogTests {

    private final ModelCatalog catalog = ModelCatalog.official();

    @ParameterizedTest
    @EnumSource
    void everyFileIsPublishedUnderItsNameWithAHash(Model model) {
        ModelFile file = catalog.file(model);

        assertThat(file.url().toString())
                .startsWith(Model.forSadTalker().contains(model) ? "https://github.com/" : "https://huggingface.co/")
                .endsWith("/" + file.name());
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void filesLieWhereSadTalkerPutsThem() {
        assertThat(catalog.file(Model.MAPPING_70).below(Path.of("root")))
                .isEqualTo(Path.of("root/checkpoints/mapping_00229-model.pth.tar"));
        assertThat(catalog.file(Model.FAN).below(Path.of("root")))
                .isEqualTo(Path.of("root/gfpgan/weights/alignment_WFLW_4HG.pth"));
    }

    @Test
    void filesLieWhereLivePortraitPutsThem() {
        assertThat(Model.forLivePortrait())
                .extracting(model -> catalog.file(model).below(Path.of("")).toString())
                .containsExactly(
                        "liveportrait/base_models/appearance_feature_extractor.pth",
                        "liveportrait/base_models/motion_extractor.pth",
                        "liveportrait/base_models/warping_module.pth",
                        "liveportrait/base_models/spade_generator.pth",
                        "liveportrait/retargeting_models/stitching_retargeting_module.pth",
                        "liveportrait/landmark.onnx");
    }

    @Test
    void aRenderNeedsTheMappingOfItsPreprocessMode() {
        assertThat(Model.forRender(256, false))
                .isEqualTo(Set.of(Model.SADTALKER_256, Model.MAPPING_70, Model.RETINAFACE, Model.FAN));
        assertThat(Model.forRender(512, true))
                .isEqualTo(Set.of(Model.SADTALKER_512, Model.MAPPING_73, Model.RETINAFACE, Model.FAN));
    }

    @Test
    void refusesASizeThatNoFileIsFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Model.forSize(1024))
                .withMessageContaining("256 or 512");
    }

    @Test
    void filesComeInAFixedOrder() {
        assertThat(catalog.files(List.of(Model.FAN, Model.SADTALKER_256)))
                .extracting(ModelFile::model)
                .containsExactly(Model.SADTALKER_256, Model.FAN);
    }
}
