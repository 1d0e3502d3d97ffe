package io.avatarservice.server.torch.checkpoint;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pickles, protocols 0 to 5, as far as checkpoints need them. It is a reader of data: the few globals of
 * {@link PickleGlobals} stand for values, all others are refused where they are mentioned or stand for nothing, and the operations
 * that only make objects of classes are refused.
 *
 * <p>The library for pickles in Java, {@code net.razorvine:pickle}, is not used. Its constructors of globals are one static table
 * that all code shares and may change, it makes objects for names that are not in the table, and it allocates what a length in
 * the file claims. Here all memory is bounded by the bytes that are there and by a {@link PickleBudget}, and nothing recurses.
 */
final class Unpickler {

    /** Beyond any integer in a checkpoint; the largest is PyTorch's magic number of ten bytes. */
    private static final int LONGEST_INTEGER = 64;

    private final PickleInput input;
    private final PersistentIds persistentIds;
    private final UnknownGlobals unknown;
    private final PickleBudget budget;
    private final PickleStack stack = new PickleStack();
    private final Map<Long, Object> memo = new HashMap<>();

    private Unpickler(PickleInput input, PersistentIds persistentIds, UnknownGlobals unknown, PickleBudget budget) {
        this.input = input;
        this.persistentIds = persistentIds;
        this.unknown = unknown;
        this.budget = budget;
    }

    /**
     * Reads one pickle, up to its end.
     *
     * @param persistentIds learns which storages the pickle refers to
     * @param unknown what becomes of globals that are not known
     * @return a Boolean, Long, BigInteger, Double, String, List, Map, {@link PickleTuple}, {@link PickleConstant},
     *     {@link PickleGlobal}, {@link StorageReference} or {@link PickledTensor}; collections may contain themselves
     */
    static Object unpickle(
            PickleInput input, PersistentIds persistentIds, UnknownGlobals unknown, PickleBudget budget) {
        return new Unpickler(input, persistentIds, unknown, budget).run();
    }

    private Object run() {
        for (int opcode = input.unsignedByte(); opcode != '.'; opcode = input.unsignedByte()) {
            budget.spend(1);
            if (!scalar(opcode) && !collection(opcode) && !memory(opcode)) {
                object(opcode);
            }
        }
        return stack.pop();
    }

    private boolean scalar(int opcode) {
        switch (opcode) {
            case 'N' -> stack.push(PickleConstant.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'I' -> stack.push(integerOrBoolean(input.line()));
            case 'L' -> stack.push(integer(input.line().replace("L", "")));
            case 'J' -> stack.push((long) input.signedInt());
            case 'K' -> stack.push((long) input.unsignedByte());
            case 'M' -> stack.push((long) input.unsignedShort());
            case 0x8A -> stack.push(integer(input.unsignedByte()));
            case 0x8B -> stack.push(integer(input.unsignedInt()));
            case 'F' -> stack.push(floatingPoint(input.line()));
            case 'G' -> stack.push(input.bigEndianDouble());
            case 'S' -> stack.push(unquoted(input.line()));
            case 'V' -> stack.push(input.line());
            case 'U', 'C' -> stack.push(text(input.unsignedByte(), StandardCharsets.ISO_8859_1));
            case 'T', 'B' -> stack.push(text(input.unsignedInt(), StandardCharsets.ISO_8859_1));
            case 0x8E, 0x96 -> stack.push(text(input.signedLong(), StandardCharsets.ISO_8859_1));
            case 0x8C -> stack.push(text(input.unsignedByte(), StandardCharsets.UTF_8));
            case 'X' -> stack.push(text(input.unsignedInt(), StandardCharsets.UTF_8));
            case 0x8D -> stack.push(text(input.signedLong(), StandardCharsets.UTF_8));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean collection(int opcode) {
        switch (opcode) {
            case '(' -> stack.mark();
            case ')' -> stack.push(new PickleTuple(List.of()));
            case 't', 0x91 -> stack.push(new PickleTuple(stack.popToMark()));
            case 0x85, 0x86, 0x87 -> stack.push(new PickleTuple(stack.pop(opcode - 0x84)));
            case ']', 0x8F -> stack.push(new ArrayList<>());
            case 'l' -> stack.push(stack.popToMark());
            case '}' -> stack.push(new LinkedHashMap<>());
            case 'd' -> pushDictionary(stack.popToMark());
            case 'a' -> append(stack.pop(1));
            case 'e', 0x90 -> append(stack.popToMark());
            case 's' -> setItems(stack.pop(2));
            case 'u' -> setItems(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int opcode) {
        switch (opcode) {
            case 'p' -> memo.put(index(input.line()), stack.peek());
            case 'q' -> memo.put((long) input.unsignedByte(), stack.peek());
            case 'r' -> memo.put(input.unsignedInt(), stack.peek());
            case 0x94 -> memo.put((long) memo.size(), stack.peek());
            case 'g' -> stack.push(remembered(index(input.line())));
            case 'h' -> stack.push(remembered(input.unsignedByte()));
            case 'j' -> stack.push(remembered(input.unsignedInt()));
            case '0' -> stack.drop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void object(int opcode) {
        switch (opcode) {
            case 0x80 -> input.unsignedByte(); // the protocol, which changes no operation
            case 0x95 -> input.signedLong(); // a frame's length, which only helps to read ahead
            case 'c' -> stack.push(PickleGlobals.of(input.line(), input.line(), unknown));
            case 0x93 -> stackGlobal(stack.pop(2));
            case 'R', 0x81 -> call(stack.pop(2));
            case 'b' -> build();
            case 'Q' -> stack.push(persistentIds.resolve(stack.pop()));
            case 'i' -> {
                PickleGlobals.of(input.line(), input.line(), unknown);
                throw unsupported(opcode);
            }
            default -> throw unsupported(opcode);
        }
    }

    private void stackGlobal(List<Object> moduleAndName) {
        stack.push(PickleGlobals.of(
                PickleValues.text(moduleAndName.get(0)), PickleValues.text(moduleAndName.get(1)), unknown));
    }

    private void call(List<Object> functionAndArguments) {
        PickleGlobal.Function function =
                PickleValues.as(PickleGlobal.Function.class, "a function", functionAndArguments.get(0));
        stack.push(function.call(PickleValues.list(functionAndArguments.get(1)), budget));
    }

    /** Attributes of state dictionaries, such as {@code _metadata}, say nothing about tensors. */
    private void build() {
        stack.pop();
        Object target = stack.peek();
        if (!(target instanceof Map<?, ?>) && target != PickleConstant.OPAQUE) {
            throw new MalformedException("the pickle sets attributes of a %s"
                    .formatted(target.getClass().getSimpleName()));
        }
    }

    private void pushDictionary(List<Object> keysAndValues) {
        stack.push(new LinkedHashMap<>());
        setItems(keysAndValues);
    }

    private void append(List<Object> items) {
        if (stack.peek() == PickleConstant.OPAQUE) {
            return;
        }
        if (stack.peek() instanceof PickleTuple) {
            throw new MalformedException("the pickle is damaged: it adds to a tuple");
        }
        PickleValues.list(stack.peek()).addAll(items);
    }

    private void setItems(List<Object> keysAndValues) {
        if (keysAndValues.size() % 2 != 0) {
            throw new MalformedException("the pickle is damaged: a key has no value");
        }
        if (stack.peek() == PickleConstant.OPAQUE) {
            return;
        }
        Map<Object, Object> dictionary = PickleValues.dictionary(stack.peek());
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            PickleValues.put(dictionary, keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    private Object remembered(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw new MalformedException("the pickle is damaged: it recalls what it did not store");
        }
        return value;
    }

    private String text(long length, Charset charset) {
        return input.text(length, charset);
    }

    /** Little-endian two's complement. */
    private Object integer(long length) {
        if (length > LONGEST_INTEGER) {
            throw new MalformedException("the pickle has an integer of %d bytes".formatted(length));
        }
        byte[] bytes = input.bytes(length);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte other = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = bytes[i];
            bytes[i] = other;
        }
        return bytes.length == 0 ? Long.valueOf(0) : narrowed(new BigInteger(bytes));
    }

    private static Object integerOrBoolean(String line) {
        return switch (line) {
            case "00" -> false;
            case "01" -> true;
            default -> integer(line);
        };
    }

    private static Object integer(String line) {
        try {
            if (line.length() <= LONGEST_INTEGER) {
                return narrowed(new BigInteger(line));
            }
        } catch (NumberFormatException e) {
            // said below, as for numbers that are too long
        }
        throw new MalformedException("the pickle has an integer that is none: " + TensorNames.shown(line));
    }

    private static Object narrowed(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static long index(String line) {
        return PickleValues.number(integer(line));
    }

    private static Object floatingPoint(String line) {
        try {
            return Double.valueOf(line);
        } catch (NumberFormatException e) {
            throw new MalformedException("the pickle has a number that is none: " + TensorNames.shown(line));
        }
    }

    private static String unquoted(String line) {
        if (line.length() < 2 || line.charAt(0) != line.charAt(line.length() - 1)) {
            throw new MalformedException("the pickle has text without quotes");
        }
        return line.substring(1, line.length() - 1);
    }

    private static MalformedException unsupported(int opcode) {
        return new MalformedException(
                "the pickle has the operation 0x%02X, which no state dictionary needs; nothing was executed"
                        .formatted(opcode));
    }
}
