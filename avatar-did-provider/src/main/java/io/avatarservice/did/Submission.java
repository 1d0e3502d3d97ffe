package io.avatarservice.did;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What one submit leaves behind: temporary files here, uploads there. */
final class Submission {

    private static final Logger log = LoggerFactory.getLogger(Submission.class);

    private final List<Path> temporary = new CopyOnWriteArrayList<>();
    private final List<SentUpload> uploads = new CopyOnWriteArrayList<>();

    /** An empty file that is deleted when the submit is over. Blocks. */
    Path newFile() throws IOException {
        Path file = Files.createTempFile("avatar-d-id-", ".part");
        temporary.add(file);
        return file;
    }

    void uploaded(SentUpload upload) {
        uploads.add(upload);
    }

    /** What D-ID keeps for this submit. */
    List<SentUpload> uploads() {
        return List.copyOf(uploads);
    }

    /** Deletes the temporary files. */
    Mono<Void> close() {
        if (temporary.isEmpty()) {
            return Mono.empty();
        }
        return Mono.<Void>fromRunnable(() -> temporary.forEach(Submission::delete))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("Could not delete the temporary file {}", file, e);
        }
    }

    /** One upload, by the name that D-ID gave to it. */
    record SentUpload(MediaRole role, String id) {}
}
