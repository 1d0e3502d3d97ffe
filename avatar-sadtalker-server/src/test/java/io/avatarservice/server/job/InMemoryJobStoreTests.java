package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.RenderOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryJobStoreTests {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final IdempotencyKey KEY = new IdempotencyKey("key");

    private final JobStore store = new InMemoryJobStore();

    @Test
    void anInsertionFindsTheHolderOfItsKeyOrId() {
        assertThat(store.insert(record("a", 0, KEY))).isEmpty();

        assertThat(store.insert(record("b", 0, KEY)))
                .map(found -> found.job().id().value())
                .contains("a");
        assertThat(store.insert(record("a", 0, null))).isPresent();
        assertThat(store.find(new JobId("b"))).isEmpty();
    }

    @Test
    void aTransitionHappensOnlyFromTheExpectedState() {
        store.insert(record("a", 0, null));

        assertThat(store.transition(new JobId("a"), JobStatus.RUNNING, job -> job.cancelled(NOON)))
                .isEmpty();
        assertThat(store.transition(new JobId("a"), JobStatus.QUEUED, job -> job.started(NOON)))
                .isPresent();
        assertThat(store.transition(new JobId("a"), JobStatus.QUEUED, job -> job.started(NOON)))
                .isEmpty();
    }

    @Test
    void aReleasedKeyCanBeUsedAgain() {
        store.insert(record("a", 0, KEY));

        store.releaseIdempotencyKey(new JobId("a"));

        assertThat(store.insert(record("b", 0, KEY))).isEmpty();
    }

    @Test
    void aPageGoesOnAfterItsCursorEvenWhereThatJobIsGone() {
        for (int i = 0; i < 4; i++) {
            store.insert(record("job" + i, i / 2, null));
        }
        Job last = store.list(null, null, 2).get(1);
        assertThat(last.id().value()).isEqualTo("job2");
        store.remove(last.id());

        List<Job> next = store.list(null, new JobCursor(last.createdAt(), last.id()), 9);

        assertThat(next).extracting(job -> job.id().value()).containsExactly("job1", "job0");
    }

    @Test
    void oldAndSurplusFinishedJobsGoWithTheirKeys() {
        store.insert(record("waiting", 0, null));
        for (int i = 1; i <= 3; i++) {
            JobId id = new JobId("done" + i);
            store.insert(record(id.value(), 0, new IdempotencyKey(id.value())));
            Instant finished = NOON.plusSeconds(i);
            store.transition(id, JobStatus.QUEUED, job -> job.cancelled(finished));
        }

        List<Job> removed = store.removeFinished(NOON.plusSeconds(2), 1);

        assertThat(removed).extracting(job -> job.id().value()).containsExactlyInAnyOrder("done1", "done2");
        assertThat(store.list(null, null, 9))
                .extracting(job -> job.id().value())
                .containsExactlyInAnyOrder("waiting", "done3");
        assertThat(store.insert(record("again", 0, new IdempotencyKey("done1"))))
                .isEmpty();
    }

    private static JobRecord record(String id, int second, @Nullable IdempotencyKey key) {
        JobInput input = new JobInput.Remote("image_url", URI.create("http://localhost/"));
        JobSpec spec = new JobSpec(
                "fake", new RenderOptions(Map.of()), input, input, Map.of(), new WorkDirectory(Path.of("unused")));
        return new JobRecord(Job.queued(new JobId(id), "fake", NOON.plusSeconds(second)), spec, key, "same");
    }
}
