package io.avatarservice.server.torch.program;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.server.torch.checkpoint.Checkpoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The programs in a class-path folder: TorchScript archives without weights, and {@code weights.json}. */
public final class ProgramLibrary {

    /** The folder of the programs that the server ships. */
    public static final String FOLDER = "io/avatarservice/server/torch/programs/";

    private static final String MANIFEST = "weights.json";

    private final Map<String, Program> programs;

    private ProgramLibrary(Map<String, Program> programs) {
        this.programs = programs;
    }

    /** The programs that the server ships. */
    public static ProgramLibrary load() {
        return load(FOLDER);
    }

    /**
     * @param folder a class-path folder, ending with a slash
     * @throws IllegalStateException where its manifest is missing or not understood: the build is broken
     */
    public static ProgramLibrary load(String folder) {
        ObjectMapper mapper = mapper();
        try {
            JsonNode root = mapper.readTree(resource(folder + MANIFEST));
            ProgramManifest manifest = mapper.treeToValue(root, ProgramManifest.class);
            Map<String, Program> programs = new TreeMap<>();
            manifest.programs().forEach((name, description) -> {
                // Jackson keeps the order of the file, so the same manifest always gives the same text.
                String identity = root.at("/programs").path(name).toString();
                programs.put(name, new Program(name, description, identity, file -> resource(folder + file)));
            });
            return new ProgramLibrary(programs);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new IllegalStateException("cannot read the programs in " + folder + ": " + e.getMessage(), e);
        }
    }

    public Set<String> names() {
        return programs.keySet();
    }

    /** @throws IllegalArgumentException where there is no such program */
    public Program program(String name) {
        Program program = programs.get(name);
        if (program == null) {
            throw new IllegalArgumentException("no program %s, only %s".formatted(name, programs.keySet()));
        }
        return program;
    }

    /**
     * A logical checkpoint with made-up weights, for where the official ones are not at hand.
     *
     * @param checkpoint its name in the manifest, e.g. {@code sadtalker}
     * @return every tensor that some program needs of it
     */
    public Checkpoint randomCheckpoint(String checkpoint) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        programs.values().stream()
                .filter(program -> checkpoint.equals(program.checkpoint()))
                .forEach(program -> shapes.putAll(program.checkpointTensors()));
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("no program has the checkpoint " + checkpoint);
        }
        return new RandomCheckpoint(shapes);
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        mapper.configOverride(Map.class).setSetterInfo(empty);
        mapper.configOverride(List.class).setSetterInfo(empty);
        return mapper;
    }

    private static byte[] resource(String path) {
        try (InputStream stream = ProgramLibrary.class.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new FileNotFoundException(path + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
