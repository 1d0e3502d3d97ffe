package io.avatarservice.server.torch.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file. Its tensors fill the bytes behind it: none overlap, and nothing is between or behind
 * them, as the <a href="https://huggingface.co/docs/safetensors">format</a> demands, so that a file has one meaning only.
 */
final class SafetensorsHeader {

    static final String METADATA = "__metadata__";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * One tensor.
     *
     * @param start the first byte, counted from the end of the header
     * @param end the byte behind the last one
     */
    record Entry(TensorInfo info, long start, long end) {}

    private SafetensorsHeader() {}

    /**
     * Parses and checks a header.
     *
     * @param header its bytes, and no more
     * @param dataLength the number of bytes behind it
     * @return the tensors in the header's order
     */
    static Map<String, Entry> parse(byte[] header, long dataLength) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(header)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "the header is no JSON object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                expect(
                        json.nextToken() == JsonToken.START_OBJECT,
                        "the header's field %s is no object",
                        TensorNames.shown(name));
                if (name.equals(METADATA)) {
                    json.skipChildren();
                    continue;
                }
                TensorNames.check(name, entries.size());
                entries.put(name, entry(json, name));
            }
            expect(
                    json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null,
                    "the header is no JSON object");
        } catch (JsonProcessingException e) {
            throw new MalformedException("the header is no valid JSON: " + e.getOriginalMessage());
        }
        checkLayout(entries, dataLength);
        return entries;
    }

    private static Entry entry(JsonParser json, String name) throws IOException {
        ElementType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = type(json.getText(), name);
                case "shape" -> shape = numbers(json, name);
                case "data_offsets" -> offsets = numbers(json, name);
                default ->
                    throw new MalformedException(
                            "tensor %s has an unknown field %s".formatted(name, TensorNames.shown(field)));
            }
        }
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new MalformedException("tensor %s lacks one of dtype, shape and data_offsets".formatted(name));
        }
        return new Entry(new TensorInfo(type, shape), offsets.get(0), offsets.get(1));
    }

    private static ElementType type(String text, String name) {
        try {
            return ElementType.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("tensor %s has the element type %s, which is not supported"
                    .formatted(name, TensorNames.shown(text)));
        }
    }

    private static List<Long> numbers(JsonParser json, String name) throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "tensor %s has no list where one belongs", name);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "tensor %s has a size that is no integer", name);
            expect(numbers.size() < TensorView.MOST_DIMENSIONS, "tensor %s has too many dimensions", name);
            long number = json.getLongValue();
            expect(number >= 0, "tensor %s has a negative size or offset", name);
            numbers.add(number);
        }
        return numbers;
    }

    private static void checkLayout(Map<String, Entry> entries, long dataLength) {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(
                        e -> e.getValue().start())
                .thenComparingLong(e -> e.getValue().end()));
        long position = 0;
        for (Map.Entry<String, Entry> tensor : inOrder) {
            String name = tensor.getKey();
            Entry entry = tensor.getValue();
            expect(entry.end() >= entry.start(), "tensor %s ends before it starts", name);
            expect(entry.start() >= position, "tensor %s overlaps another", name);
            expect(entry.start() == position, "there are bytes before tensor %s that belong to none", name);
            expect(
                    entry.end() - entry.start() == bytes(entry.info()),
                    "tensor %s has more or fewer bytes than its shape",
                    name);
            position = entry.end();
        }
        if (position > dataLength) {
            throw new MalformedException(
                    "the file is cut short: its tensors take %d bytes and %d are there; download it again"
                            .formatted(position, dataLength));
        }
        if (position < dataLength) {
            throw new MalformedException("%d bytes at the end belong to no tensor".formatted(dataLength - position));
        }
    }

    /** The number of bytes, or -1 where it is beyond all bounds. */
    private static long bytes(TensorInfo info) {
        try {
            return Math.multiplyExact(info.elements(), (long) info.type().bytes());
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private static void expect(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new MalformedException(message.formatted(arguments));
        }
    }
}
