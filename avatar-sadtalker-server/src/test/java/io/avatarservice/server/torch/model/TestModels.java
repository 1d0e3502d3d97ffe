package io.avatarservice.server.torch.model;

import io.avatarservice.server.torch.program.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A catalog of small files that look like safetensors, with their content. */
public final class TestModels {

    private static final int DATA = 100_000;

    private TestModels() {}

    /** The content of a model's published file. */
    public static byte[] content(Model model) {
        byte[] header = "{}".getBytes(StandardCharsets.US_ASCII);
        byte[] data = new byte[DATA];
        new Random(model.ordinal()).nextBytes(data);
        return ByteBuffer.allocate(Long.BYTES + header.length + DATA)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(data)
                .array();
    }

    /** The published files at {@code base}, which ends with a slash. */
    public static ModelCatalog catalog(String base) {
        return new ModelCatalog(Arrays.stream(Model.values())
                .map(model -> file(model, base + name(model)))
                .toList());
    }

    /** The published file of a model at an address. */
    public static ModelFile file(Model model, String url) {
        byte[] content = content(model);
        MessageDigest digest = Sha256.digest();
        digest.update(content);
        return new ModelFile(
                model, folder(model), name(model), (long) content.length, Sha256.hex(digest), URI.create(url), "tests");
    }

    private static String folder(Model model) {
        return switch (model) {
            case SADTALKER_256, SADTALKER_512, MAPPING_70, MAPPING_73 -> "checkpoints";
            case RETINAFACE, FAN -> "gfpgan/weights";
            case LIVEPORTRAIT_APPEARANCE,
                    LIVEPORTRAIT_MOTION,
                    LIVEPORTRAIT_WARPING,
                    LIVEPORTRAIT_GENERATOR,
                    LIVEPORTRAIT_RETARGETING,
                    LIVEPORTRAIT_LANDMARKS -> "liveportrait";
        };
    }

    /** The name of a model's file. */
    public static String name(Model model) {
        return model.name().toLowerCase(Locale.ROOT) + ".safetensors";
    }

    /** Puts a model's file below a root. */
    public static Path install(Model model, Path root) {
        return install(model, root, content(model));
    }

    /** Puts other content where a model's file should be. */
    public static Path install(Model model, Path root, byte[] content) {
        Path path = file(model, "http://localhost/").below(root);
        try {
            Files.createDirectories(path.getParent());
            return Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The properties with everything else at its default, and no wait before a new attempt. */
    public static ModelProperties properties(Path directory, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        values.put("avatar.models.directory", directory.toString());
        values.putIfAbsent("avatar.models.download.retry-delay", "1ms");
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("avatar.models", ModelProperties.class);
    }
}
