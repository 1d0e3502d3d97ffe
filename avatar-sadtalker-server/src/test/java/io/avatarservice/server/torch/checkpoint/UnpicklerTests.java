package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.checkpoint.testsupport.PickleWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Values that other writers and other versions of PyTorch use, beside those of the files in the other tests. */
class UnpicklerTests {

    private static Object unpickle(Consumer<PickleWriter> content) {
        PickleWriter pickle = new PickleWriter();
        content.accept(pickle);
        PickleInput input = new PickleInput(ByteBuffer.wrap(pickle.finish()), "ended");
        return Unpickler.unpickle(input, new PersistentIds(), UnknownGlobals.REFUSED, new PickleBudget());
    }

    private static PickledTensor tensor(Consumer<PickleWriter> content) {
        return (PickledTensor) unpickle(content);
    }

    /** A persistent id: {@code last} is what follows the number of elements. */
    private static PickleWriter storage(
            PickleWriter pickle, String className, long elements, Consumer<PickleWriter> last) {
        pickle.raw("(")
                .text("storage")
                .global("torch.storage", className)
                .text("7")
                .text("cuda:0")
                .integer(elements);
        last.accept(pickle);
        return pickle.raw("tQ");
    }

    @Test
    void integersOfEveryForm() {
        assertThat(unpickle(p -> p.raw("I-12\n"))).isEqualTo(-12L);
        assertThat(unpickle(p -> p.raw("I01\n"))).isEqualTo(true);
        assertThat(unpickle(p -> p.raw("L123456789012L\n"))).isEqualTo(123456789012L);
        assertThat(unpickle(p -> p.raw("J\u00FF\u00FF\u00FF\u00FF"))).isEqualTo(-1L);
        assertThat(unpickle(p -> p.raw("M\u0001\u0002"))).isEqualTo(513L);
        assertThat(unpickle(p -> p.integer(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(unpickle(p -> p.integer(BigInteger.ONE.shiftLeft(64)))).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThat(unpickle(p -> p.operations(0x8A, 0))).isEqualTo(0L);
    }

    @Test
    void floatingPointNumbersOfEveryForm() {
        assertThat(unpickle(p -> p.raw("F0.5\n"))).isEqualTo(0.5);
        assertThat(unpickle(p -> p.raw("G\u0040\u0009\u0021\u00FB\u0054\u0044\u002D\u0018")))
                .isEqualTo(Math.PI);
    }

    @Test
    void textOfEveryForm() {
        assertThat(unpickle(p -> p.raw("S'a'\n"))).isEqualTo("a");
        assertThat(unpickle(p -> p.raw("Va\n"))).isEqualTo("a");
        assertThat(unpickle(p -> p.raw("U\u0001a"))).isEqualTo("a");
        assertThat(unpickle(p -> p.operations(0x8C, 1, 'a'))).isEqualTo("a");
        assertThat(unpickle(p -> p.operations(0x8D).littleEndian(8, 1).raw("a")))
                .isEqualTo("a");
        assertThat(unpickle(p -> p.text("\u03C0"))).isEqualTo("\u03C0");
    }

    @Test
    void collectionsOfProtocolFour() {
        assertThat(unpickle(p -> p.operations(0x80, 4, 0x95)
                        .littleEndian(8, 9)
                        .operations(']', 0x94, '(')
                        .raw("K\u0001K\u0002e")
                        .raw("h\u00000")))
                .isEqualTo(List.of(1L, 2L));
    }

    @Test
    void dictionariesOfPython2AreMadeOfPairs() {
        assertThat(unpickle(
                        p -> p.global("collections", "OrderedDict").raw("](").raw("](U\u0001aK\u0001ee\u0085R")))
                .isEqualTo(Map.of("a", 1L));
    }

    @Test
    void keysThatCannotBePartOfNamesAreLeftOut() {
        assertThat(unpickle(p -> p.raw("}(").raw("K\u0001K\u0002)K\u0003u"))).isEqualTo(Map.of(1L, 2L));
    }

    @Test
    void untypedStoragesAreCountedInBytes() {
        PickledTensor tensor = tensor(p -> {
            p.global("torch._utils", "_rebuild_tensor_v3").raw("(");
            storage(p, "UntypedStorage", 16, last -> {})
                    .integer(1)
                    .integers(List.of(3L))
                    .integers(List.of(1L));
            p.raw("\u0089N").global("torch", "float32").raw("N").raw("tR");
        });
        assertThat(tensor.view().info()).isEqualTo(new TensorInfo(ElementType.F32, List.of(3L)));
        assertThat(tensor.storage().bytes()).isEqualTo(16);
    }

    @Test
    void partsOfStoragesAreCountedFromTheWhole() {
        PickledTensor tensor = tensor(p -> {
            p.global("torch._utils", "_rebuild_tensor").raw("(");
            storage(
                            p,
                            "FloatStorage",
                            10,
                            part -> part.raw("(")
                                    .text("8")
                                    .integer(4)
                                    .integer(6)
                                    .raw("t"))
                    .integer(1)
                    .integers(List.of(5L))
                    .integers(List.of(1L))
                    .raw("tR");
        });
        assertThat(tensor.view().offset()).isEqualTo(5);
        assertThat(tensor.storage().elements()).isEqualTo(10);
    }

    @Test
    void parametersAreTheirTensors() {
        PickledTensor tensor = tensor(p -> {
            p.global("torch._utils", "_rebuild_parameter").raw("(");
            p.tensor(new PickleWriter.Storage("HalfStorage", "0", 1), 0, List.of(), List.of(), false);
            p.raw("\u0088N").raw("tR");
        });
        assertThat(tensor.view().info()).isEqualTo(new TensorInfo(ElementType.F16, List.of()));
    }

    @Test
    void sizesMayBeOfTorchsOwnClass() {
        assertThat(unpickle(
                        p -> p.global("torch", "Size").integers(List.of(2L, 3L)).raw("\u0085R")))
                .isInstanceOfSatisfying(
                        PickleTuple.class, size -> assertThat(size.items()).containsExactly(2L, 3L));
    }
}
