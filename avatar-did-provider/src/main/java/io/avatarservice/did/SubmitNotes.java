package io.avatarservice.did;

import io.avatarservice.did.Submission.SentUpload;
import io.avatarservice.spi.JobId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What D-ID does not remember of our submits. Kept in memory for the latest ones only, and lost with a restart: then a
 * video has no warnings, its uploads go when D-ID's time for them is over, and a reconciliation looks further back.
 */
final class SubmitNotes {

    private static final int MAX_ENTRIES = 10_000;

    private final Map<JobId, Note> notes = latest();
    private final Map<String, Sent> submits = latest();

    void submitting(@Nullable String idempotencyKey, Instant now, List<SentUpload> uploads) {
        if (idempotencyKey != null) {
            submits.merge(idempotencyKey, new Sent(now, uploads), (first, again) -> new Sent(first.at(), uploads));
        }
    }

    /** When a submit with this key was first sent, or {@code null} if that is not known. */
    @Nullable Instant submittedAt(String idempotencyKey) {
        Sent sent = submits.get(idempotencyKey);
        return sent == null ? null : sent.at();
    }

    /** What was uploaded for the last submit with this key. */
    List<SentUpload> uploads(String idempotencyKey) {
        Sent sent = submits.get(idempotencyKey);
        return sent == null ? List.of() : sent.uploads();
    }

    void accepted(JobId id, List<String> warnings, List<SentUpload> uploads) {
        if (!warnings.isEmpty() || !uploads.isEmpty()) {
            notes.put(id, new Note(warnings, uploads));
        }
    }

    List<String> warnings(JobId id) {
        Note note = notes.get(id);
        return note == null ? List.of() : note.warnings();
    }

    List<SentUpload> uploads(JobId id) {
        Note note = notes.get(id);
        return note == null ? List.of() : note.uploads();
    }

    private static <K, V> Map<K, V> latest() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_ENTRIES;
            }
        });
    }

    private record Sent(Instant at, List<SentUpload> uploads) {}

    private record Note(List<String> warnings, List<SentUpload> uploads) {}
}
