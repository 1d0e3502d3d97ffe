package io.avatarservice.server.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTests {

    @Test
    void takesSafetensors() {
        assertThat(FileContent.problem(TestModels.content(Model.FAN))).isNull();
    }

    @Test
    void takesZipArchives() {
        assertThat(FileContent.problem(new byte[] {'P', 'K', 3, 4, 0})).isNull();
    }

    @Test
    void takesLegacyPickles() {
        assertThat(FileContent.problem(new byte[] {(byte) 0x80, 2})).isNull();
    }

    @ParameterizedTest
    @ValueSource(bytes = {0x12, 0x3A})
    void takesOnnxWhateverFollowsItsVersion(byte field) {
        assertThat(FileContent.problem(new byte[] {8, 7, field, 4})).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <!DOCTYPE html><html> | is a web page
            `  <HTML lang="en">`  | is a web page
            <?xml version="1.0"?> | is a web page
            version https://git-lfs.github.com/spec/v1 | is a Git LFS pointer
            ``                    | is empty
            Not Found             | is not a checkpoint
            """)
    void saysWhatElseAFileIs(String content, String problem) {
        assertThat(FileContent.problem(content.getBytes(StandardCharsets.UTF_8)))
                .startsWith(problem);
    }
}
