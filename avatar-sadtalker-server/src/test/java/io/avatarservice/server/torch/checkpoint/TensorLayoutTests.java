package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TensorLayoutTests {

    private static final List<Long> SHAPE = List.of(2L, 3L);

    private static TensorLayout layout(String prefix, @Nullable String strip, String... names) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (String name : names) {
            shapes.put(name, SHAPE);
        }
        return new TensorLayout(prefix, null, strip, shapes, List.of("*num_batches_tracked", "extra.*.bias"));
    }

    private static Checkpoint checkpoint(String... names) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        for (String name : names) {
            tensors.put(name, new TensorInfo(ElementType.F32, SHAPE));
        }
        return new ListedCheckpoint(tensors);
    }

    private record ListedCheckpoint(Map<String, TensorInfo> tensors) implements Checkpoint {

        @Override
        public String source() {
            return "checkpoints/model.pth";
        }

        @Override
        public float[] read(String name) {
            throw new AssertionError("the check reads no elements");
        }

        @Override
        public void close() {}
    }

    @Test
    void findsNamesBelowThePrefix() {
        assertThat(layout("mapping.", null, "a", "b").resolve(checkpoint("epoch", "mapping.b", "mapping.a", "other.a")))
                .containsExactly(Map.entry("a", "mapping.a"), Map.entry("b", "mapping.b"));
    }

    @Test
    void stripsAPartThatMayOrMayNotBeThere() {
        TensorLayout layout = layout("", "module.", "a", "b");
        assertThat(layout.resolve(checkpoint("module.a", "module.b"))).containsEntry("a", "module.a");
        assertThat(layout.resolve(checkpoint("a", "b"))).containsEntry("a", "a");
    }

    @Test
    void aRePackedFileMayHaveAnotherPrefix() {
        TensorLayout layout = new TensorLayout("mouth.", "mouth_module.", "module.", Map.of("a", SHAPE), List.of());

        assertThat(layout.resolve(checkpoint("mouth_module.a", "eye_module.a"))).containsEntry("a", "mouth_module.a");
        assertThat(layout.resolve(checkpoint("mouth.module.a"))).containsEntry("a", "mouth.module.a");
    }

    @Test
    void aTensorMustNotBeThereWithAndWithoutThatPart() {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> layout("", "module.", "a").resolve(checkpoint("module.a", "a")))
                .withMessage("checkpoints/model.pth has the tensor a twice, as module.a and as a");
    }

    @Test
    void ignoresCountersWhereTheyAre() {
        Checkpoint checkpoint = checkpoint("a", "bn.num_batches_tracked", "num_batches_tracked", "extra.x.bias");
        assertThat(layout("", null, "a").resolve(checkpoint)).containsOnlyKeys("a");
    }

    @Test
    void ignoredPatternsStandForWholeNames() {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> layout("", null, "a").resolve(checkpoint("a", "extra.x.bias.y", "extraxxbias")))
                .withMessageContaining("unknown tensors: 2 (extra.x.bias.y, extraxxbias)");
    }

    @Test
    void namesTheFirstOfAllThatIsWrong() {
        TensorLayout layout = layout("g.", null, "a", "b", "c", "d", "e", "f");
        Map<String, TensorInfo> tensors =
                new LinkedHashMap<>(checkpoint("g.x", "g.y", "g.a", "g.f").tensors());
        tensors.put("g.f", new TensorInfo(ElementType.F32, List.of(3L, 2L)));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> layout.resolve(new ListedCheckpoint(tensors)))
                .withMessage("checkpoints/model.pth is not the checkpoint that is needed here"
                        + "; missing tensors: 4 (g.b, g.c, g.d, ...)"
                        + "; unknown tensors: 2 (g.x, g.y)"
                        + "; mis-shaped tensors: 1 (g.f is [3, 2] instead of [2, 3])");
    }

    @Test
    void withoutPatternsNothingIsIgnored() {
        TensorLayout strict = new TensorLayout("", null, null, Map.of("a", SHAPE), List.of());
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> strict.resolve(checkpoint("a", "b")))
                .withMessageContaining("unknown tensors: 1 (b)");
    }
}
