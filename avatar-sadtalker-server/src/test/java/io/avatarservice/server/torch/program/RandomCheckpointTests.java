package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avatarservice.server.torch.checkpoint.CheckpointException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values are those of the export's {@code random_weights.py}. */
class RandomCheckpointTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    generator.first.conv.weight | 64,3,7,7 | -0x1.1996da0p-4 | 0x1.6ac14a0p-3
                    mapping.first.0.weight | 1024,70,7 | -0x1.3368060p-4 | 0x1.20603c0p-7
                    state_dict.conv1.conv.weight | 64,6,7,7 | 0x1.9226380p-6 | 0x1.194c960p-5
                    body.bn1.running_var | 64 | 0x1.8536fc0p-1 | 0x1.413e160p+0
                    body.bn1.running_mean | 64 | 0x1.20ebcc0p-7 | -0x1.ea264c0p-6
                    body.bn1.weight | 64 | 0x1.b54b0c0p-1 | 0x1.2ee39c0p+0
                    audio2pose.netG.decoder.linear_audio.weight | 6,512 | -0x1.fab0ba0p-11 | 0x1.8b9ee20p-5
                    conv_img.0.weight | 12,64,3,3 | 0x1.37576c0p-7 | -0x1.423b680p-7
                    generator.x.weight_u | 5 | 0x1.c9f25c0p-2 | 0x1.c9f25c0p-2
                    generator.x.weight_orig | 5,3,3,3 | -0x1.f44cbc0p-5 | 0x1.19622c0p-10
                    audio2pose.netG.decoder.classbias | 46,64 | 0x1.2b7bb00p-4 | 0x1.6409540p-4
                    """)
    void valuesAreThoseOfPython(String name, String shape, String first, String last) {
        List<Long> sizes = Arrays.stream(shape.split(",")).map(Long::valueOf).toList();

        float[] values = new RandomCheckpoint(Map.of(name, sizes)).read(name);

        assertThat(values[0]).isEqualTo(Float.parseFloat(first));
        assertThat(values[values.length - 1]).isEqualTo(Float.parseFloat(last));
    }

    @Test
    void aTensorThatItDoesNotHaveIsNamed() {
        RandomCheckpoint checkpoint = new RandomCheckpoint(Map.of("a", List.of(1L)));

        assertThatThrownBy(() -> checkpoint.read("b"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no tensor b");
    }
}
