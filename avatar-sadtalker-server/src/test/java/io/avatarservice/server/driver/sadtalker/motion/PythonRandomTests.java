package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonRandomTests {

    @ParameterizedTest
    @CsvSource({"0, 64", "42, 50", "1099511627779, 24", "-1, 18", "1, 18"})
    void choosesWhatPythonChooses(long seed, int expected) {
        assertThat(new PythonRandom(seed).choose(10, 70)).isEqualTo(expected);
    }

    @Test
    void choosesTheOnlyNumber() {
        assertThat(new PythonRandom(3).choose(10, 11)).isEqualTo(10);
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PythonRandom(3).choose(10, 10));
    }
}
