package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One video on its way into a file, whole or not at all. */
final class VideoDownload {

    private final ProviderPipeline pipeline;
    private final AvatarVideo video;
    private final Path target;
    private final Scheduler disk;

    /** @param disk runs what blocks */
    VideoDownload(ProviderPipeline pipeline, AvatarVideo video, Path target, Scheduler disk) {
        this.pipeline = pipeline;
        this.video = video;
        this.target = target.toAbsolutePath().normalize();
        this.disk = disk;
    }

    Mono<Path> run() {
        return Mono.usingWhen(
                        Mono.fromCallable(this::sibling).subscribeOn(disk),
                        part -> write(part)
                                .then(Mono.fromCallable(() -> publish(part)).subscribeOn(disk)),
                        part -> Mono.empty(),
                        (part, failure) -> discard(part),
                        this::discard)
                .onErrorMap(IOException.class, UncheckedIOException::new);
    }

    /** A name in the target's own directory: only within one file system can a file be moved in one step. */
    private Path sibling() throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        Path directory = Objects.requireNonNull(target.getParent(), "a file has a directory");
        Files.createDirectories(directory);
        return directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    private Mono<Void> write(Path part) {
        Flux<DataBuffer> pieces = pipeline.download(video).map(DefaultDataBufferFactory.sharedInstance::wrap);
        return DataBufferUtils.write(pieces, part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private Path publish(Path part) throws IOException {
        long written = Files.size(part);
        Long expected = video.sizeBytes();
        if (written == 0 || (expected != null && written != expected)) {
            String size = expected == null ? "" : " of " + expected;
            throw AvatarException.builder(
                            FailureKind.UNAVAILABLE,
                            "the provider sent " + written + size + " bytes of the video and then ended")
                    .provider(video.provider())
                    .jobId(video.jobId())
                    .build();
        }
        return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Mono<Void> discard(Path part) {
        return Mono.<Void>fromCallable(() -> {
                    Files.deleteIfExists(part);
                    return null;
                })
                .subscribeOn(disk);
    }
}
