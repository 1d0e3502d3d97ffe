package io.avatarservice.server.torch.model;

import io.avatarservice.server.torch.checkpoint.CheckpointException;
import io.avatarservice.server.torch.program.FileFingerprints;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds checkpoint files: in the directory of downloads, and before that SadTalker's in its checkout where one is configured.
 * Safe for use by several threads.
 */
public final class ModelStore {

    private static final Logger log = LoggerFactory.getLogger(ModelStore.class);
    /** Readiness is asked for with every request; a file that comes or goes shows this much later. */
    private static final long LOOKUP_NANOS = Duration.ofSeconds(1).toNanos();

    private final ModelCatalog catalog;
    private final VerifyMode mode;
    private final @Nullable Path root;
    private final Path directory;
    private final LongSupplier nanoTime;
    private final FileFingerprints fingerprints;
    private final Map<Model, Lookup> lookups = new ConcurrentHashMap<>();
    private final Map<Path, String> warned = new ConcurrentHashMap<>();

    public ModelStore(ModelCatalog catalog, ModelProperties properties, FileFingerprints fingerprints) {
        this(catalog, properties, fingerprints, System::nanoTime);
    }

    ModelStore(ModelCatalog catalog, ModelProperties properties, FileFingerprints fingerprints, LongSupplier nanoTime) {
        this.catalog = catalog;
        this.mode = properties.verify();
        this.root = properties.sadtalkerRoot();
        this.directory = properties.resolvedDirectory();
        this.fingerprints = fingerprints;
        this.nanoTime = nanoTime;
        if (root != null && !Files.isDirectory(root)) {
            log.warn("avatar.models.sadtalker-root is not a directory: {}", root);
        }
    }

    /** The directory of downloads, in the authors' layouts; may not exist yet. */
    public Path directory() {
        return directory;
    }

    /** The published file of a model. */
    public ModelFile file(Model model) {
        return catalog.file(model);
    }

    /** The published files of some models, in the order of {@link Model}. */
    public List<ModelFile> files(Collection<Model> models) {
        return catalog.files(models);
    }

    /** Where the file of a model lies, if it is there. Cheap: looks at the disk once a second at most. */
    public Optional<Path> find(Model model) {
        long now = nanoTime.getAsLong();
        return lookups.compute(
                        model,
                        (key, known) -> known != null && now - known.nanoTime() < LOOKUP_NANOS
                                ? known
                                : new Lookup(now, locate(key)))
                .path();
    }

    /** The files that are missing of those that some models need. Cheap, as {@link #find}. */
    public List<ModelFile> missing(Collection<Model> models) {
        return catalog.files(models).stream()
                .filter(file -> find(file.model()).isEmpty())
                .toList();
    }

    /**
     * The file of a model, to be read now. Hashes it at the first use, and again when it has changed.
     *
     * @throws ModelException where it is missing or damaged, or is not the published one and that is to be refused
     */
    public Path require(Model model) {
        ModelFile file = catalog.file(model);
        ModelStatus status = mode == VerifyMode.OFF ? inspect(file) : verify(file, bytes -> {});
        Path path = status.path();
        if (path == null) {
            throw new ModelException("%s is missing: it is not in %s; the command 'models download' fetches it"
                    .formatted(file.name(), places(file)));
        }
        if (status.state() == ModelState.DAMAGED) {
            throw new ModelException("%s %s".formatted(path, status.detail()));
        }
        if (status.state() == ModelState.UNOFFICIAL && mode == VerifyMode.STRICT) {
            throw new ModelException("%s %s; avatar.models.verify=strict refuses it".formatted(path, status.detail()));
        }
        if (status.state() == ModelState.UNOFFICIAL && mode == VerifyMode.WARN) {
            warnOnce(path, "" + status.detail());
        }
        return path;
    }

    /** What a look at the size and the first bytes of a file tells. */
    public ModelStatus inspect(ModelFile file) {
        Path path = locate(file.model()).orElse(null);
        if (path == null) {
            return new ModelStatus(file, ModelState.MISSING, null, null);
        }
        try {
            String problem = FileContent.problem(path);
            if (problem != null) {
                return new ModelStatus(file, ModelState.DAMAGED, path, problem);
            }
            String difference = path.endsWith(file.name()) ? otherSize(file, Files.size(path)) : rePacked(file);
            ModelState state = difference == null ? ModelState.PRESENT : ModelState.UNOFFICIAL;
            return new ModelStatus(file, state, path, difference);
        } catch (IOException e) {
            return new ModelStatus(file, ModelState.DAMAGED, path, "cannot be read");
        }
    }

    /**
     * Compares a file with the published one.
     *
     * @param progress is told the bytes read so far, unless the hash is known from before
     */
    public ModelStatus verify(ModelFile file, LongConsumer progress) {
        ModelStatus status = inspect(file);
        Path path = status.path();
        if (path == null || status.state() != ModelState.PRESENT) {
            return status;
        }
        String sha256;
        try {
            sha256 = fingerprints.sha256(path, progress);
        } catch (CheckpointException e) {
            return new ModelStatus(file, ModelState.DAMAGED, path, "cannot be read");
        }
        return sha256.equals(file.sha256())
                ? new ModelStatus(file, ModelState.OFFICIAL, path, null)
                : new ModelStatus(file, ModelState.UNOFFICIAL, path, otherHash(file, sha256));
    }

    static String otherHash(ModelFile file, String sha256) {
        return "is not the published file: its SHA-256 is %s, not %s".formatted(sha256, file.sha256());
    }

    private static String rePacked(ModelFile file) {
        return "is not the published file but " + file.name() + " re-packed";
    }

    private static @Nullable String otherSize(ModelFile file, long bytes) {
        Long published = file.bytes();
        return published == null || published == bytes
                ? null
                : String.format(
                        Locale.ROOT,
                        "is not the published file%s: it has %,d bytes, not %,d",
                        bytes < published ? ", or only a part of it" : "",
                        bytes,
                        published);
    }

    /** A message without the directories that checkpoints lie in: clients of a server are not told its paths. */
    public String withoutDirectories(String message) {
        return roots().map(directory -> directory + File.separator)
                .reduce(message, (text, directory) -> text.replace(directory, ""));
    }

    private Optional<Path> locate(Model model) {
        ModelFile file = catalog.file(model);
        return roots(model)
                .flatMap(file::candidatesBelow)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Stream<Path> roots(Model model) {
        return Model.forSadTalker().contains(model) ? roots() : Stream.of(directory);
    }

    private Stream<Path> roots() {
        return root == null ? Stream.of(directory) : Stream.of(root, directory);
    }

    private String places(ModelFile file) {
        return roots(file.model())
                .map(place -> file.folderBelow(place).toString())
                .collect(Collectors.joining(" or "));
    }

    private void warnOnce(Path path, String detail) {
        if (!detail.equals(warned.put(path, detail))) {
            log.warn("{} {}; it is used all the same", path, detail);
        }
    }

    private record Lookup(long nanoTime, Optional<Path> path) {}
}
