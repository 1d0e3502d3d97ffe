package io.avatarservice.server.torch.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.avatarservice.server.torch.FloatTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a <a href="https://huggingface.co/docs/safetensors">safetensors</a> file, tensor by tensor. The file appears under its
 * name when all of them are written; until then, or where one fails, nothing of that name is touched.
 */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;

    /** Puts the elements of one tensor, all of them, into a little-endian buffer of just their size. */
    @FunctionalInterface
    public interface Elements {

        void putInto(ByteBuffer buffer);
    }

    private record Tensor(TensorInfo info, Elements elements) {

        int bytes() {
            long bytes = info.elements() * info.type().bytes();
            if (bytes > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a tensor of %d bytes cannot be written".formatted(bytes));
            }
            return (int) bytes;
        }
    }

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Adds a tensor. Its elements are asked for when it is written, so that not all of them are in memory at once.
     *
     * @param info element type and shape; at most 2 GiB
     * @throws IllegalArgumentException where there is a tensor of that name
     */
    public SafetensorsWriter add(String name, TensorInfo info, Elements elements) {
        if (tensors.containsKey(name) || name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("there is a tensor %s, or the name is reserved".formatted(name));
        }
        tensors.put(name, new Tensor(info, elements));
        return this;
    }

    /** Adds a float32 tensor; the array is not copied. */
    public SafetensorsWriter add(String name, FloatTensor tensor) {
        TensorInfo info = new TensorInfo(ElementType.F32, tensor.shape());
        return add(name, info, buffer -> {
            buffer.asFloatBuffer().put(tensor.values());
            buffer.position(buffer.limit());
        });
    }

    /**
     * Writes the file, replacing one of that name.
     *
     * @throws IOException where it cannot be written; nothing is left behind
     */
    public void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
        try {
            try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)) {
                writeTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void writeTo(OutputStream out) throws IOException {
        List<Map.Entry<String, Tensor>> ordered = aligned();
        byte[] header = header(ordered);
        out.write(littleEndian(Long.BYTES).putLong(header.length).array());
        out.write(header);
        for (Map.Entry<String, Tensor> tensor : ordered) {
            ByteBuffer bytes = littleEndian(tensor.getValue().bytes());
            tensor.getValue().elements().putInto(bytes);
            requireFull(tensor.getKey(), bytes);
            out.write(bytes.array());
        }
    }

    /** The widest elements first, so that each tensor starts at a multiple of its elements' size. */
    private List<Map.Entry<String, Tensor>> aligned() {
        Comparator<Map.Entry<String, Tensor>> width = Comparator.comparingInt(
                tensor -> tensor.getValue().info().type().bytes());
        return tensors.entrySet().stream().sorted(width.reversed()).toList();
    }

    /** JSON, padded with spaces so that the elements start at a multiple of eight bytes. */
    private static byte[] header(List<Map.Entry<String, Tensor>> ordered) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(header)) {
            json.writeStartObject();
            long position = 0;
            for (Map.Entry<String, Tensor> tensor : ordered) {
                TensorInfo info = tensor.getValue().info();
                long end = position + tensor.getValue().bytes();
                json.writeObjectFieldStart(tensor.getKey());
                json.writeStringField("dtype", info.type().name());
                json.writeFieldName("shape");
                writeNumbers(
                        json, info.shape().stream().mapToLong(Long::longValue).toArray());
                json.writeFieldName("data_offsets");
                writeNumbers(json, position, end);
                json.writeEndObject();
                position = end;
            }
            json.writeEndObject();
        }
        int padding = Math.floorMod(-header.size(), ALIGNMENT);
        header.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        return header.toByteArray();
    }

    private static void writeNumbers(JsonGenerator json, long... numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }

    private static void requireFull(String name, ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            throw new IllegalStateException(
                    "the elements of %s fill %d of %d bytes".formatted(name, bytes.position(), bytes.limit()));
        }
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
