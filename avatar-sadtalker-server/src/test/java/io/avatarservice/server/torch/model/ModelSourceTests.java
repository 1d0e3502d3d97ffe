package io.avatarservice.server.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSourceTests {

    private final ModelFile file =
            TestModels.file(Model.FAN, "https://official.example/fan.safetensors?signature=secret");

    @Test
    void triesTheMirrorsInTheirOrderAndThenTheOfficialAddress() {
        List<ModelSource> sources = ModelSource.of(
                file, List.of("https://a.example/models", "https://b.example/get?name={file}", "file:///mnt/models/"));

        assertThat(sources)
                .extracting(source -> source.uri().toString())
                .containsExactly(
                        "https://a.example/models/fan.safetensors",
                        "https://b.example/get?name=fan.safetensors",
                        "file:///mnt/models/fan.safetensors",
                        "https://official.example/fan.safetensors?signature=secret");
    }

    @Test
    void isShownWithoutItsQuery() {
        assertThat(ModelSource.of(file, List.of()).get(0)).hasToString("https://official.example/fan.safetensors");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.org/secret, start with http",
        "models/secret, start with http",
        "https:///secret, names no host",
        "https://user:secret@example.org/, user name or password",
        "https://example.org/?key=secret, '{file}'",
        "file://host/secret, absolute path",
        "file:secret, absolute path",
        "https://exa mple/secret, not a URL",
    })
    void refusesAMirrorThatCannotBeUsedWithoutQuotingIt(String mirror, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelSource.checkMirror(mirror))
                .withMessageContaining(message)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }
}
