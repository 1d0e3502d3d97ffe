package io.avatarservice.server.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchPropertiesTests {

    @Test
    void halfPrecisionIsForCudaUnlessOneIsAskedFor() {
        assertThat(TorchProperties.defaults().precisionOn(true)).isEqualTo(Precision.FLOAT16);
        assertThat(TorchProperties.defaults().precisionOn(false)).isEqualTo(Precision.FLOAT32);
        assertThat(TorchProperties.defaults().with("auto", "bf16").precisionOn(true))
                .isEqualTo(Precision.BFLOAT16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda", "cuda:0", "cuda:12"})
    void devicesAreThose(String device) {
        assertThat(TorchProperties.defaults().with(device, "auto").device()).isEqualTo(device);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:x", "cpu:0"})
    void otherDevicesAreRefusedByName(String device) {
        assertThatThrownBy(() -> TorchProperties.defaults().with(device, "auto"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("avatar.torch.device must be auto, cpu, cuda or cuda:N, got \"%s\"", device);
    }

    @Test
    void otherValuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> TorchProperties.defaults().with("cpu", "f64"))
                .hasMessage("avatar.torch.precision must be auto, f32, f16 or bf16, got \"f64\"");
        assertThatThrownBy(() -> new TorchProperties("cpu", "f32", -1, 0.5, null))
                .hasMessage("avatar.torch.threads must be 0 to 1024, got -1");
        assertThatThrownBy(() -> new TorchProperties("cpu", "f32", 0, Double.NaN, null))
                .hasMessage("avatar.torch.memory-fraction must be above 0 and up to 1, got NaN");
    }
}
