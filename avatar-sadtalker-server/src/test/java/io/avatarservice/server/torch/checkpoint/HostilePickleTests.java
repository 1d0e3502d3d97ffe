package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.checkpoint.testsupport.PickleWriter;
import io.avatarservice.server.torch.checkpoint.testsupport.PickleWriter.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles that would run code, or fill the memory, in a reader that believes them; in both containers of pickles. */
class HostilePickleTests {

    private static final Storage FOUR_FLOATS = new Storage("FloatStorage", "0", 4);

    @TempDir
    Path folder;

    private void refused(String reason, Consumer<PickleWriter> content) throws IOException {
        PickleWriter pickle = new PickleWriter();
        content.accept(pickle);
        byte[] bytes = pickle.finish();
        for (Path file : List.of(zip(bytes, new byte[16]), legacy(bytes))) {
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> Checkpoints.open(file).close())
                    .withMessageStartingWith(file + ": ")
                    .withMessageContaining(reason);
        }
    }

    private Path zip(byte[] pickle, byte[] storage) throws IOException {
        Path file = folder.resolve("hostile-zip.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            CheckpointFormat.store(zip, "archive/data.pkl", pickle);
            CheckpointFormat.store(zip, "archive/data/0", storage);
        }
        return file;
    }

    private Path legacy(byte[] pickle) throws IOException {
        Path file = folder.resolve("hostile-legacy.pth");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(CheckpointFormat.legacyHead(true));
            out.write(pickle);
            out.write(new PickleWriter().raw("]").text("0").raw("a").finish());
            out.write(new byte[] {4, 0, 0, 0, 0, 0, 0, 0});
            out.write(new byte[16]);
        }
        return file;
    }

    static Stream<Arguments> callsOfSystem() {
        return Stream.of(
                Arguments.of(
                        "posix.system",
                        pickle(p -> p.global("posix", "system").text("touch x").raw("\u0085R"))),
                Arguments.of("os.system", pickle(p -> p.raw("(S'touch x'\nios\nsystem\n"))),
                Arguments.of(
                        "os.system",
                        pickle(p -> p.raw("(")
                                .global("os", "system")
                                .text("touch x")
                                .raw("o"))),
                Arguments.of(
                        "nt.system",
                        pickle(p -> p.text("nt")
                                .text("system")
                                .raw("\u0093")
                                .text("x")
                                .raw("\u0085R"))),
                Arguments.of(
                        "os.system",
                        pickle(p -> p.global("os", "system").text("touch x").raw("\u0085\u0081"))),
                Arguments.of(
                        "__builtin__.eval",
                        pickle(p -> p.global("__builtin__", "eval").text("1").raw("\u0085R"))),
                Arguments.of(
                        "builtins.exec",
                        pickle(p -> p.global("builtins", "exec").text("1").raw("\u0085R"))),
                Arguments.of("builtins.getattr", pickle(p -> p.global("builtins", "getattr"))),
                Arguments.of("copyreg._reconstructor", pickle(p -> p.global("copyreg", "_reconstructor"))),
                Arguments.of("copy_reg._reconstructor", pickle(p -> p.global("copy_reg", "_reconstructor"))),
                Arguments.of("torch.hub.load", pickle(p -> p.global("torch", "hub.load"))),
                Arguments.of(
                        "java.lang.Runtime",
                        pickle(p -> p.global("java.lang", "Runtime").raw(")R"))));
    }

    private static Consumer<PickleWriter> pickle(Consumer<PickleWriter> content) {
        return content;
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource
    void callsOfSystem(String global, Consumer<PickleWriter> content) throws IOException {
        refused("the global " + global + ",", content);
    }

    @Test
    void allowedClassesAreNotInstantiatedByOtherOperations() throws IOException {
        refused(
                "operation 0x6F",
                p -> p.raw("(").global("collections", "OrderedDict").raw("o"));
        refused("operation 0x69", p -> p.raw("(icollections\nOrderedDict\n"));
        refused("operation 0x82", p -> p.operations(0x82, 1));
    }

    @Test
    void buildSetsNoAttributesOfTensors() throws IOException {
        refused(
                "sets attributes of a PickledTensor",
                p -> tensor(p, 0, List.of(4L), List.of(1L)).raw("}b"));
    }

    @Test
    void callOfSomethingThatIsNoFunction() throws IOException {
        refused("where a function belongs", p -> p.text("system").raw(")R"));
    }

    @Test
    void lengthsBeyondTheFileAreNotAllocated() throws IOException {
        refused("integer of 2147483647 bytes", p -> p.operations(0x8B).littleEndian(4, Integer.MAX_VALUE));
        refused("download", p -> p.operations(0x8D).littleEndian(8, Long.MAX_VALUE));
        refused("download", p -> p.operations(0x8D).littleEndian(8, -1));
        refused("download", p -> p.operations(0x8E).littleEndian(8, 1L << 40));
        refused("download", p -> p.raw("X").littleEndian(4, 0xFFFFFFFFL));
    }

    @Test
    void nestingIsBounded() throws IOException {
        refused("nests collections deeper", p -> p.raw("]".repeat(100_000)).raw("a".repeat(99_999)));
        refused("nests collections deeper", p -> p.raw("]q\u0001h\u0001a"));
        refused("nests collections deeper", p -> p.raw("N").raw("\u0085".repeat(100_000)));
    }

    @Test
    void referencesThatMultiplyAreBounded() throws IOException {
        refused("steps", p -> {
            p.raw("](NNNNNNNNNNe");
            p.raw("q\u0001](h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001h\u0001e".repeat(12));
        });
    }

    @Test
    void copiesThatMultiplyAreBounded() throws IOException {
        refused("steps", p -> {
            p.raw("](").raw("NN\u0086".repeat(100_000)).raw("e\u0085q\u0001");
            for (int i = 0; i < 100; i++) {
                p.global("collections", "OrderedDict").raw("h\u0001R");
            }
        });
    }

    @Test
    void operationsWithoutOperands() throws IOException {
        for (String operations : List.of("0", "2", "a", "s", "u", "e", "t", "R", "Q", "b", "\u0087", "(a", "q\u0001")) {
            refused("lacks its operands", p -> p.raw(operations));
        }
        refused("recalls what it did not store", p -> p.raw("h\u0007"));
        refused("adds to a tuple", p -> p.raw(")Na"));
    }

    @Test
    void tensorsBeyondTheirStorage() throws IOException {
        refused("needs 5 elements", p -> tensor(p, 0, List.of(5L), List.of(1L)));
        refused("needs 5 elements", p -> tensor(p, 1, List.of(4L), List.of(1L)));
        refused("needs 5 elements", p -> tensor(p, 0, List.of(2L), List.of(4L)));
        refused("too large", p -> tensor(p, 0, List.of(1L << 32, 1L << 32), List.of(0L, 0L)));
        refused("too large", p -> tensor(p, 0, List.of(3L), List.of(Long.MAX_VALUE)));
        refused("too large", p -> tensor(p, Long.MAX_VALUE, List.of(2L), List.of(1L)));
        refused("negative", p -> tensor(p, 0, List.of(-1L), List.of(1L)));
        refused("negative", p -> tensor(p, 3, List.of(4L), List.of(-1L)));
        refused("negative", p -> tensor(p, -1, List.of(1L), List.of(1L)));
        refused("2 dimensions and 1 strides", p -> tensor(p, 0, List.of(1L, 1L), List.of(1L)));
    }

    @Test
    void expandedTensorsDoNotFillTheMemory() throws IOException {
        PickleWriter pickle = new PickleWriter().raw("}").text("bomb");
        tensor(pickle, 0, List.of(1L << 40), List.of(0L)).raw("s");
        Path file = zip(pickle.finish(), new byte[16]);
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.tensors()).containsOnlyKeys("bomb");
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> checkpoint.read("bomb"))
                    .withMessageContaining("%s, tensor bomb: ", file)
                    .withMessageContaining("takes more memory");
        }
    }

    private static PickleWriter tensor(PickleWriter pickle, long offset, List<Long> shape, List<Long> strides) {
        return pickle.tensor(FOUR_FLOATS, offset, shape, strides, true);
    }
}
