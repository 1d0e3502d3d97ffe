package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.ElementType;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs fit the published files of LivePortrait tensor by tensor: the check is strict. */
class LivePortraitTensorsTests {

    private static final String CORRECTIONS = "stitching_retargeting_module";

    private static ProgramLibrary library;
    private static List<Row> rows;

    @BeforeAll
    static void read() {
        library = ProgramLibrary.load();
        try (InputStream file = LivePortraitTensorsTests.class.getResourceAsStream("liveportrait-tensors.tsv");
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.US_ASCII))) {
            rows = reader.lines().skip(1).map(Row::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lp-appearance, appearance_feature_extractor, 92",
        "lp-motion, motion_extractor, 212",
        "lp-warp, warping_module, 84",
        "lp-decode, spade_generator, 182"
    })
    void networksReadTheirFiles(String program, String file, int tensors) {
        Checkpoint checkpoint = checkpoint(file, UnaryOperator.identity());

        assertThat(library.program(program).layout().resolve(checkpoint)).hasSize(tensors);
    }

    @ParameterizedTest
    @CsvSource({"lp-stitch, 8", "lp-lip, 8", "lp-eye, 12"})
    void correctionsReadTheirPartOfOneFile(String program, int tensors) {
        Checkpoint published = checkpoint(CORRECTIONS, name -> name.replaceFirst("\\.", ".module."));
        Checkpoint rePacked = checkpoint(CORRECTIONS, name -> name.replaceFirst("\\.", "_module."));

        assertThat(library.program(program).layout().resolve(published)).hasSize(tensors);
        assertThat(library.program(program).layout().resolve(rePacked)).hasSize(tensors);
    }

    @Test
    void noTensorIsLeftOver() {
        assertThat(rows).hasSize(626);
        assertThat(rows.stream().filter(row -> row.info().type() == ElementType.F32))
                .hasSize(92 + 212 + 84 + 182 + 28);
    }

    private static Checkpoint checkpoint(String file, UnaryOperator<String> names) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.file().equals(file))
                .forEach(row -> tensors.put(names.apply(row.tensor()), row.info()));
        return new Listed(file, tensors);
    }

    private record Row(String file, String tensor, TensorInfo info) {

        static Row parse(String line) {
            List<String> cells = List.of(line.split("\t", -1));
            List<Long> shape = cells.get(2).isEmpty()
                    ? List.of()
                    : Arrays.stream(cells.get(2).split(",")).map(Long::valueOf).toList();
            return new Row(cells.get(0), cells.get(1), new TensorInfo(ElementType.valueOf(cells.get(3)), shape));
        }
    }

    private record Listed(String source, Map<String, TensorInfo> tensors) implements Checkpoint {

        @Override
        public float[] read(String name) {
            throw new AssertionError("the check reads no elements");
        }

        @Override
        public void close() {}
    }
}
