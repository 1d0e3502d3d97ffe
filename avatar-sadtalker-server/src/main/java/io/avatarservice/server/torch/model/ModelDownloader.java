package io.avatarservice.server.torch.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Downloads checkpoint files into the configured directory: from the mirrors in their order, then from the official
 * address. An interrupted download is continued, also by a later process. Processes that download into the same
 * directory wait for each other.
 */
public final class ModelDownloader {

    private static final Logger log = LoggerFactory.getLogger(ModelDownloader.class);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final int CHUNK = 1 << 20;

    private final ModelProperties properties;
    private final HttpTransfer http;
    private final ToLongFunction<Path> usableSpace;

    public ModelDownloader(ModelProperties properties) {
        this(properties, directory -> directory.toFile().getUsableSpace());
    }

    ModelDownloader(ModelProperties properties, ToLongFunction<Path> usableSpace) {
        this.properties = properties;
        this.http = new HttpTransfer(properties.download());
        this.usableSpace = usableSpace;
    }

    /**
     * Downloads a file, or finds that another process has just done so. A damaged file of that name is replaced. Blocks.
     *
     * @return where the file lies, and whether it is the published one
     * @throws ModelException where no address gives the file, the disk is full, or the directory cannot be written; what
     *     has arrived stays and is continued next time
     */
    public synchronized ModelStatus download(ModelFile file, DownloadListener listener) {
        Path folder = file.folderBelow(properties.resolvedDirectory());
        Path target = folder.resolve(file.name());
        try {
            Files.createDirectories(folder);
            try (DirectoryLock lock = DirectoryLock.take(folder, () -> listener.waiting(file))) {
                if (Files.isRegularFile(target) && whole(target, file)) {
                    return new ModelStatus(file, ModelState.PRESENT, target, null);
                }
                return fetch(file, folder, target, listener);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ModelException("%s cannot be written: %s".formatted(target, reason(e)), e);
        }
    }

    private ModelStatus fetch(ModelFile file, Path folder, Path target, DownloadListener listener) throws IOException {
        List<String> failures = new ArrayList<>();
        FreeSpace space = new FreeSpace(folder.toString(), () -> usableSpace.applyAsLong(folder));
        try (PartialFile part = PartialFile.open(target)) {
            Transfer transfer = new Transfer(file, part, properties.verify(), space, listener);
            for (ModelSource source : ModelSource.of(file, properties.mirrors())) {
                try {
                    return fetch(source, file, target, transfer, listener);
                } catch (TransferException e) {
                    log.debug("{} did not give {}", source, file.name(), e);
                    failures.add("  %s: %s".formatted(source, e.getMessage()));
                    listener.failed(source.toString(), "" + e.getMessage());
                }
            }
        }
        throw new ModelException("%s could not be downloaded%n%s%nYou can also put the file into %s by hand"
                .formatted(file.name(), String.join(System.lineSeparator(), failures), folder));
    }

    private ModelStatus fetch(
            ModelSource source, ModelFile file, Path target, Transfer transfer, DownloadListener listener)
            throws IOException {
        int failures = 0;
        while (true) {
            long before = transfer.part().size();
            try {
                transfer(source, transfer);
                return finish(file, target, transfer);
            } catch (TransferException e) {
                failures = transfer.part().size() > before ? 1 : failures + 1;
                if (!e.temporary() || failures > properties.download().retries()) {
                    throw e;
                }
                Duration delay = delay(failures);
                listener.retrying("" + e.getMessage(), delay);
                Mono.delay(delay).block();
            }
        }
    }

    private void transfer(ModelSource source, Transfer transfer) throws IOException {
        if (source.local()) {
            copy(source, transfer);
        } else {
            http.run(source, transfer);
        }
    }

    private static void copy(ModelSource source, Transfer transfer) throws IOException {
        try (FileChannel input = FileChannel.open(Path.of(source.uri()), StandardOpenOption.READ)) {
            long total = input.size();
            transfer.accept(0, total);
            transfer.part().restart(null);
            transfer.started(source, total);
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
            while (input.read(buffer) >= 0) {
                transfer.write(buffer.flip(), total);
                buffer.clear();
            }
        } catch (NoSuchFileException e) {
            throw TransferException.lasting("there is no such file", e);
        } catch (IOException e) {
            throw TransferException.lasting("the file there cannot be read", e);
        }
    }

    private ModelStatus finish(ModelFile file, Path target, Transfer transfer) throws IOException {
        PartialFile part = transfer.part();
        ModelStatus status = judge(file, target, part.sha256(), part.problem(), transfer);
        part.complete();
        return status;
    }

    private ModelStatus judge(ModelFile file, Path target, String sha256, @Nullable String problem, Transfer transfer)
            throws IOException {
        PartialFile part = transfer.part();
        boolean official = sha256.equals(file.sha256());
        try {
            if (official || properties.verify() == VerifyMode.OFF && problem == null) {
                return new ModelStatus(file, official ? ModelState.OFFICIAL : ModelState.PRESENT, target, null);
            }
            if (part.resumed()) {
                throw TransferException.temporary("the parts of the file do not fit together");
            }
            if (problem != null) {
                throw TransferException.lasting("the file there " + problem);
            }
            transfer.checkSize();
            String difference = ModelStore.otherHash(file, sha256);
            if (properties.verify() == VerifyMode.STRICT) {
                throw TransferException.lasting(
                        "the file there %s; avatar.models.verify=strict refuses it".formatted(difference));
            }
            return new ModelStatus(file, ModelState.UNOFFICIAL, target, difference);
        } catch (TransferException e) {
            part.restart(null);
            throw e;
        }
    }

    private static boolean whole(Path target, ModelFile file) throws IOException {
        Long published = file.bytes();
        return FileContent.problem(target) == null && (published == null || Files.size(target) >= published);
    }

    private Duration delay(int failures) {
        Duration delay = properties.download().retryDelay().multipliedBy(1L << Math.min(failures - 1, 16));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    private static String reason(Exception failure) {
        Throwable cause =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
