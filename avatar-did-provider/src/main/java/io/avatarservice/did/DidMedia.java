package io.avatarservice.did;

import io.avatarservice.did.Submission.SentUpload;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.MediaSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Brings a medium to D-ID. An address that D-ID takes is passed on; bytes, files, and whatever lies at other addresses
 * are checked and uploaded.
 */
final class DidMedia {

    private static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;
    private static final int PIECE = 64 * 1024;

    /** Metadata of a camera may push the size of a picture this far back. */
    private static final int HEAD = 256 * 1024;

    private final DidApi api;
    private final DidFailures failures;
    // Asked for by whoever builds the provider: of several threads that are the first to ask each makes one, and all
    // but one then wait for a lock to dispose of theirs. Event loops must not wait.
    private final Scheduler disk = Schedulers.boundedElastic();

    DidMedia(DidApi api, DidFailures failures) {
        this.api = api;
        this.failures = failures;
    }

    /** Fetches and checks a medium, and sends nothing to D-ID yet. */
    Mono<Prepared> prepare(MediaSource source, MediaRole role, Submission submission) {
        if (source instanceof MediaSource.Url address) {
            return prepare(address.url(), role, submission);
        }
        if (source instanceof MediaSource.File file) {
            return prepare(file.path(), role);
        }
        MediaSource.Bytes bytes = (MediaSource.Bytes) source;
        return Mono.fromCallable(() -> {
            MediaFormat format = MediaChecks.check(role, bytes.size(), bytes.content());
            return new Prepared.Content(
                    UploadContent.of(role, format, Flux.defer(() -> Flux.just(BUFFERS.wrap(bytes.content())))));
        });
    }

    /** Where D-ID finds a prepared medium; uploads it if need be. */
    Mono<String> address(Prepared prepared, MediaRole role, Submission submission) {
        if (prepared instanceof Prepared.Address address) {
            return Mono.just(address.url());
        }
        Prepared.Content upload = (Prepared.Content) prepared;
        return api.upload(role, upload.content())
                .switchIfEmpty(Mono.error(() -> failures.notUnderstood("an empty answer to an upload")))
                .doOnNext(sent -> {
                    if (sent.id() != null) {
                        submission.uploaded(new SentUpload(role, sent.id()));
                    }
                })
                .map(sent -> {
                    if (sent.url() == null) {
                        throw failures.notUnderstood("an upload without an address");
                    }
                    return sent.url();
                })
                .onErrorMap(seen -> failures.ofUpload(seen, role));
    }

    private Mono<Prepared> prepare(URI url, MediaRole role, Submission submission) {
        if (role.takesAddress(url)) {
            return Mono.just(new Prepared.Address(url.toString()));
        }
        if (!url.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
            return Mono.error(() -> MediaChecks.refused(
                    role,
                    "lies at an address without one of the extensions that D-ID takes, and only D-ID can read it"));
        }
        return Mono.fromCallable(submission::newFile)
                .subscribeOn(disk)
                .onErrorMap(IOException.class, e -> failures.ofTemporaryFile())
                .flatMap(file -> fetch(url, role, file).then(Mono.defer(() -> prepare(file, role))));
    }

    /** One byte more than allowed is enough to know that there are too many. */
    private Mono<Void> fetch(URI url, MediaRole role, Path file) {
        Flux<DataBuffer> pieces = api.fetch(url).onErrorMap(seen -> failures.ofFetch(seen, role));
        return DataBufferUtils.write(
                        DataBufferUtils.takeUntilByteCount(pieces, role.maxBytes() + 1), file, StandardOpenOption.WRITE)
                .subscribeOn(disk)
                .onErrorMap(IOException.class, e -> failures.ofTemporaryFile());
    }

    private Mono<Prepared> prepare(Path file, MediaRole role) {
        return Mono.<Prepared>fromCallable(() -> {
                    MediaFormat format = MediaChecks.check(role, Files.size(file), head(file));
                    return new Prepared.Content(UploadContent.of(role, format, read(file)));
                })
                .onErrorMap(IOException.class, e -> unreadable(role))
                .subscribeOn(disk);
    }

    private static ByteBuffer head(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return ByteBuffer.wrap(content.readNBytes(HEAD));
        }
    }

    private Flux<DataBuffer> read(Path file) {
        return DataBufferUtils.readAsynchronousFileChannel(
                        () -> AsynchronousFileChannel.open(file, StandardOpenOption.READ), BUFFERS, PIECE)
                .subscribeOn(disk);
    }

    private static AvatarException unreadable(MediaRole role) {
        return MediaChecks.refused(role, "is not a readable file");
    }

    /** A medium that passed the checks. */
    sealed interface Prepared {

        /** D-ID fetches it. */
        record Address(String url) implements Prepared {

            @Override
            public String toString() {
                return "Address";
            }
        }

        /** We send it. */
        record Content(UploadContent content) implements Prepared {}
    }
}
