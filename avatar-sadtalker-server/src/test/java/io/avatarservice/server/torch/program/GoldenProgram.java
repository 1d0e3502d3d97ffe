package io.avatarservice.server.torch.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Python computed for one program from random weights and random inputs; see {@code golden.py}.
 *
 * @param folder of the golden outputs, on the class path
 */
record GoldenProgram(String folder, String name, JsonNode description) {

    static Stream<GoldenProgram> of(String folder) throws IOException {
        JsonNode programs = new ObjectMapper()
                .readTree(resource(folder + "goldens.json").toFile())
                .get("programs");
        return programs.properties().stream()
                .map(program -> new GoldenProgram(folder, program.getKey(), program.getValue()));
    }

    /** The inputs, as Python drew them. */
    NDList inputs(NDManager scope) {
        NDList inputs = new NDList();
        for (JsonNode input : description.get("inputs")) {
            Shape shape = new Shape(longs(input.get("shape")));
            long seed = RandomCheckpoint.seed(
                    "input.%s.%s".formatted(name, input.get("name").asText()));
            double low = input.get("low").asDouble();
            double range = input.get("high").asDouble() - low;
            double[] values = new double[Math.toIntExact(shape.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = low + range * (RandomCheckpoint.uniform(seed, i) + 1) / 2;
            }
            inputs.add(create(scope, values, shape, input.get("type").asText()));
        }
        return inputs;
    }

    /** The names and shapes of the outputs, in order. */
    List<JsonNode> outputs() {
        return StreamSupport.stream(description.get("outputs").spliterator(), false)
                .toList();
    }

    /** The kept elements of an output. */
    float[] expected(String output) throws IOException {
        try (Checkpoint goldens = Checkpoints.open(resource(folder + name + ".safetensors"))) {
            return goldens.read(output);
        }
    }

    /** The elements of an output that a golden of {@code kept} elements has. */
    static float[] sampled(FloatTensor output, int kept) {
        float[] sampled = new float[kept];
        for (int i = 0; i < kept; i++) {
            sampled[i] = output.values()[Math.toIntExact((long) i * output.values().length / kept)];
        }
        return sampled;
    }

    @Override
    public String toString() {
        return name;
    }

    static long[] longs(JsonNode array) {
        List<Long> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asLong()));
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static NDArray create(NDManager scope, double[] values, Shape shape, String type) {
        if (type.equals("f32")) {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = (float) values[i];
            }
            return scope.create(floats, shape);
        }
        long[] whole = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            whole[i] = (long) Math.floor(values[i]);
        }
        NDArray array = scope.create(whole, shape);
        return type.equals("u8") ? array.toType(DataType.UINT8, false) : array;
    }

    private static Path resource(String path) {
        return Path.of(
                Objects.requireNonNull(GoldenProgram.class.getClassLoader().getResource(path), path)
                        .getPath());
    }
}
