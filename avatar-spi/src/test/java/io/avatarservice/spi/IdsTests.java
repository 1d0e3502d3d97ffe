package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTests {

    @ParameterizedTest
    @ValueSource(strings = {"sadtalker", "d-id", "gpu-2-eu"})
    void providerIdIsAnOrdinaryPropertyValue(String value) {
        assertThat(ProviderId.of(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "D-ID", "d_id", "-did", "did-", "d--id", "two words"})
    void providerIdHasOneSpelling(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderId.of(value))
                .withMessageEndingWith("'" + value + "'");
    }

    @Test
    void providerIdIsShort() {
        assertThat(ProviderId.of("x".repeat(64)).value()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> ProviderId.of("x".repeat(65)));
    }

    @Test
    void jobIdIsNeitherBlankNorEndless() {
        assertThat(JobId.of("tlk_AbC/1")).hasToString("tlk_AbC/1");
        assertThatIllegalArgumentException().isThrownBy(() -> JobId.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> JobId.of("x".repeat(257)));
    }
}
