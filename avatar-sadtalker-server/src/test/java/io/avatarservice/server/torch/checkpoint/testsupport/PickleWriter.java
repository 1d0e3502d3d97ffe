package io.avatarservice.server.torch.checkpoint.testsupport;

import io.avatarservice.server.torch.checkpoint.ElementType;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the operations of a pickle of protocol 2, which is the one that {@code torch.save} uses. */
public final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PickleWriter() {
        operations(0x80, 2);
    }

    /** Any bytes: opcodes and their arguments. */
    public PickleWriter operations(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    public PickleWriter operation(char opcode) {
        return operations(opcode);
    }

    public PickleWriter raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public PickleWriter global(String module, String name) {
        return raw("c%s\n%s\n".formatted(module, name));
    }

    public PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        operation('X').littleEndian(Integer.BYTES, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    public PickleWriter integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    public PickleWriter integer(BigInteger value) {
        byte[] bigEndian = value.toByteArray();
        operations(0x8A, bigEndian.length);
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.write(bigEndian[i]);
        }
        return this;
    }

    public PickleWriter littleEndian(int bytes, long value) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(all, 0, bytes);
        return this;
    }

    public PickleWriter integers(List<Long> values) {
        operation('(');
        values.forEach(this::integer);
        return operation('t');
    }

    /** A tensor, as {@code torch.save} describes one; {@code legacy} adds the item for parts of storages. */
    public PickleWriter tensor(Storage storage, long offset, List<Long> shape, List<Long> strides, boolean legacy) {
        global("torch._utils", "_rebuild_tensor_v2").operation('(');
        storage(storage, legacy);
        integer(offset).integers(shape).integers(strides).operations(0x89);
        return global("collections", "OrderedDict").raw(")RtR");
    }

    private void storage(Storage storage, boolean legacy) {
        operation('(').text("storage").global("torch", storage.className());
        text(storage.key()).text("cpu").integer(storage.elements());
        raw(legacy ? "NtQ" : "tQ");
    }

    /** Tensors below the dictionaries that their paths name; the n-th has the n-th storage. */
    public PickleWriter dictionaries(List<TestTensor> tensors, boolean legacy) {
        operation('}');
        List<String> open = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            TestTensor tensor = tensors.get(i);
            List<String> parents = tensor.path().subList(0, tensor.path().size() - 1);
            enter(open, parents);
            text(tensor.path().get(parents.size()));
            tensor(Storage.of(i, tensor), 0, tensor.info().shape(), tensor.strides(), legacy);
            operation('s');
        }
        enter(open, List.of());
        return this;
    }

    private void enter(List<String> open, List<String> parents) {
        int shared = 0;
        while (shared < Math.min(open.size(), parents.size())
                && open.get(shared).equals(parents.get(shared))) {
            shared++;
        }
        for (; open.size() > shared; open.remove(open.size() - 1)) {
            operation('s');
        }
        for (String parent : parents.subList(shared, parents.size())) {
            text(parent).global("collections", "OrderedDict").raw(")R");
            open.add(parent);
        }
    }

    /** The bytes, ended by {@code STOP}. */
    public byte[] finish() {
        operation('.');
        return out.toByteArray();
    }

    /** A storage to refer to. */
    public record Storage(String className, String key, long elements) {

        static Storage of(int index, TestTensor tensor) {
            return new Storage(
                    className(tensor.info().type()),
                    Integer.toString(index),
                    tensor.info().elements());
        }

        private static String className(ElementType type) {
            return switch (type) {
                case F64 -> "DoubleStorage";
                case F32 -> "FloatStorage";
                case F16 -> "HalfStorage";
                case BF16 -> "BFloat16Storage";
                case I64 -> "LongStorage";
                case I32 -> "IntStorage";
                case I16 -> "ShortStorage";
                case I8 -> "CharStorage";
                case U8 -> "ByteStorage";
                case BOOL -> "BoolStorage";
            };
        }
    }
}
