package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.storage.StoredVideo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the store does, whatever the database. */
@SuppressWarnings("NullAway.Init") // set up before each test
abstract class JobStoreContractTests {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123456Z");
    private static final SubmissionKey KEY = new SubmissionKey("ann", "key");
    private static final JobId A = new JobId("a");

    @TempDir
    Path directory;

    private WorkDirectories directories;
    private TransactionTemplate transaction;
    private JobStore store;
    private BatchStore batches;

    /** An empty database with the tables. */
    abstract DataSource database();

    @BeforeEach
    void open() {
        DataSource database = database();
        directories = new WorkDirectories(directory, "0123456789ab");
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        batches = new BatchStore(JdbcClient.create(database), transaction);
        store = new JdbcJobStore(JdbcClient.create(database), transaction, directories);
    }

    @Test
    void aJobComesBackAsItWas() {
        JobTerms terms = new JobTerms(-3, NOON.plusSeconds(60), Duration.ofMinutes(5));
        WorkDirectory files = directories.create();
        JobSpec spec = new JobSpec(
                "fake",
                new RenderOptions(Map.of(
                        "seed", 3_000_000_000L, "scale", 1.5, "still", true, "size", "full", "frames", List.of(1, 2))),
                new JobInput.Uploaded("image_b64", files.path().resolve("image")),
                new JobInput.Remote("audio_url", URI.create("https://example.com/a?signature=x")),
                new JobInput.Uploaded("driving_video", files.path().resolve("driving_video")),
                Map.of("pose", new JobInput.Uploaded("pose", files.path().resolve("pose"))),
                files);
        Job job = Job.queued(A, "fake", terms, NOON);

        insert(new JobRecord("ann", job, spec, KEY, "print"));

        assertThat(store.find(A)).contains(job);
        JobSpec read = store.spec(A).orElseThrow();
        assertThat(read.options()).isEqualTo(spec.options());
        assertThat(read.image()).isEqualTo(spec.image());
        assertThat(read.audio()).isEqualTo(spec.audio());
        assertThat(read.videos()).isEqualTo(spec.videos());
        assertThat(read.directory().path()).isEqualTo(files.path());
        assertThat(store.holder(KEY)).contains(new JobHolder(A, "ann", "print"));
        assertThat(store.holder(A)).contains(new JobHolder(A, "ann", "print"));
    }

    @Test
    void everyChangeComesBackAndCounts() {
        add("a", 0);
        Lease lease = Lease.random();
        Instant start = NOON.plusSeconds(1);

        Job running = update(
                A,
                job -> job.started(lease, start)
                        .entered(RenderStage.ANALYZING, start)
                        .entered(RenderStage.RENDERING, start.plusMillis(30))
                        .advanced(0.25));
        assertThat(running.version()).isEqualTo(2);
        assertThat(store.find(A)).contains(running);

        JobResult result =
                new JobResult(new StoredVideo(lease.video(), "video/mp4", 7), new VideoFormat(64, 32, 25, 50), 2.0);
        Job completed = update(A, job -> job.completed(result, start.plusSeconds(9)));
        assertThat(store.find(A)).contains(completed);
        assertThat(completed.version()).isEqualTo(3);
        assertThat(completed.stageTimes()).containsEntry(RenderStage.ANALYZING, Duration.ofMillis(30));

        add("b", 0);
        JobError error = new JobError(ProblemCode.FACE_NOT_FOUND, "no face", "image_url");
        Job failed = update(new JobId("b"), job -> job.failed(error, start));
        assertThat(store.find(new JobId("b"))).contains(failed);
    }

    @Test
    void aFinishedJobForgetsWhatItRendered() {
        add("a", 0);

        update(A, job -> job.cancelled(NOON));

        assertThat(store.spec(A)).isEmpty();
    }

    @Test
    void aTakenIdOrKeyIsRefused() {
        add("a", 0, KEY);

        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> add("a", 0));
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> add("b", 0, KEY));
        assertThat(store.find(new JobId("b"))).isEmpty();
    }

    @Test
    void eachOwnerHasKeysOfTheirOwn() {
        SubmissionKey other = new SubmissionKey("bob", KEY.text());
        add("a", 0, KEY);
        add("b", 0, other);

        assertThat(store.holder(KEY)).map(JobHolder::id).contains(A);
        assertThat(store.holder(other)).map(JobHolder::id).contains(new JobId("b"));
        assertThat(store.holder(new SubmissionKey("eve", KEY.text()))).isEmpty();
    }

    @Test
    void anIdIsTakenWhoeverTookIt() {
        add("a", 0, new SubmissionKey("ann", "id a"));

        assertThat(store.holder(new SubmissionKey("bob", "id a"))).contains(new JobHolder(A, "ann", "same"));
    }

    @Test
    void keysAndJobsFromBeforeOwnersWereNotedAreKept() {
        FluentConfiguration migrations =
                Flyway.configure().dataSource(database()).schemas("older");
        JdbcClient jdbc = JdbcClient.create(database());
        migrations.target("2").load().migrate();
        jdbc.sql("""
                insert into "older".avatar_job_key (key_text, job_id, fingerprint, created_at)
                values ('key', 'a', 'print', current_timestamp)""").update();
        jdbc.sql("""
                insert into "older".avatar_job (id, status, driver, priority, created_at, progress, stage_times, shared,
                    attempts, former_leases, version, work_dir, fingerprint)
                values ('a', 'queued', 'fake', 0, current_timestamp, 0, '{}', false, 0, '[]', 1, 'd', 'print')""").update();

        migrations.target(MigrationVersion.LATEST).load().migrate();

        assertThat(jdbc.sql("""
                select j.owner as job_owner, k.owner as key_owner, k.key_text, k.fingerprint
                from "older".avatar_job j join "older".avatar_job_key k on k.job_id = j.id""").query().singleRow().values()).containsExactly("", "", "key", "print");
    }

    @Test
    void aKeyFromBeforeOwnersWereNotedIsEverybodys() {
        add("a", 0, new SubmissionKey("", KEY.text()));

        assertThat(store.holder(KEY)).contains(new JobHolder(A, "", "same"));
    }

    @Test
    void oneOfManyEqualSubmissionsAtTheSameTimeMakesTheJob() throws Exception {
        int submissions = 12;
        ExecutorService threads = Executors.newFixedThreadPool(submissions);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < submissions; i++) {
                String id = "job" + i;
                calls.add(() -> {
                    try {
                        add(id, 0, KEY);
                        return true;
                    } catch (DuplicateKeyException e) {
                        return false;
                    }
                });
            }
            int made = 0;
            for (Future<Boolean> submission : threads.invokeAll(calls)) {
                made += submission.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
            assertThat(store.list(null, null, 99)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aChangeHappensOnlyToTheExpectedJob() {
        add("a", 0);

        assertThat(store.update(A, job -> job.status() == JobStatus.RUNNING, job -> job.cancelled(NOON)))
                .isEmpty();
        assertThat(store.update(new JobId("nobody"), job -> true, job -> job.cancelled(NOON)))
                .isEmpty();
        assertThat(store.find(A).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void changesAtTheSameTimeAreAllMade() throws Exception {
        add("a", 0);
        update(A, job -> job.started(Lease.random(), NOON));
        int changes = 8;
        ExecutorService threads = Executors.newFixedThreadPool(changes);
        try {
            List<Callable<Job>> calls = new ArrayList<>();
            for (int i = 1; i <= changes; i++) {
                double progress = i / 10.0;
                calls.add(() -> update(A, job -> job.advanced(progress)));
            }
            for (Future<Job> change : threads.invokeAll(calls)) {
                change.get();
            }
        } finally {
            threads.shutdownNow();
        }

        Job job = store.find(A).orElseThrow();
        assertThat(job.version()).isEqualTo(2 + changes);
        assertThat(job.progress()).isEqualTo(0.8);
    }

    @Test
    void whoSleptThroughATakeoverOverwritesNothing() {
        add("a", 0);
        Lease first = Lease.random();
        Lease second = Lease.random();
        update(A, job -> job.started(first, NOON));

        // The first run has read its row and sleeps; meanwhile the job goes to another.
        assertThat(store.update(A, job -> job.heldBy(first), job -> {
                    if (!store.find(A).orElseThrow().heldBy(second)) {
                        update(A, current -> current.requeued().started(second, NOON.plusSeconds(60)));
                    }
                    return job.advanced(0.9);
                }))
                .isEmpty();

        Job job = store.find(A).orElseThrow();
        assertThat(job.progress()).isZero();
        assertThat(job.heldBy(second)).isTrue();
        assertThat(job.runs()).isEqualTo(new JobRuns(2, second, List.of(first)));
    }

    @Test
    void aSharedJobKeepsItsKey() {
        add("a", 0, KEY);

        assertThat(store.share(A, KEY)).isTrue();

        assertThat(store.release(A)).isFalse();
        assertThat(store.holder(KEY)).isPresent();
        assertThat(store.find(A).orElseThrow().shared()).isTrue();
    }

    @Test
    void aReleasedKeyCanBeUsedAgainAndAttachesNobody() {
        add("a", 0, KEY);

        assertThat(store.release(A)).isTrue();

        assertThat(store.share(A, KEY)).isFalse();
        add("b", 0, KEY);
        assertThat(store.holder(KEY)).map(JobHolder::id).contains(new JobId("b"));
    }

    @Test
    void aPageGoesOnAfterItsCursorEvenWhereThatJobIsGone() {
        for (int i = 0; i < 4; i++) {
            add("job" + i, i / 2);
        }
        Job last = store.list(null, null, 2).get(1);
        assertThat(last.id().value()).isEqualTo("job2");
        store.remove(last.id());

        List<Job> next = store.list(JobStatus.QUEUED, new JobCursor(last.createdAt(), last.id()), 9);

        assertThat(next).extracting(job -> job.id().value()).containsExactly("job1", "job0");
    }

    @Test
    void theQueueIsOrderedByPriorityAndThenByAge() {
        add("later", 1, new JobTerms(0, null, null));
        add("sooner", 0, new JobTerms(0, null, null));
        add("urgent", 2, new JobTerms(5, null, null));
        add("patient", 0, new JobTerms(-5, null, null));
        add("running", 0, new JobTerms(9, null, null));
        update(new JobId("running"), job -> job.started(Lease.random(), NOON));

        assertThat(store.waiting()).extracting(JobId::value).containsExactly("urgent", "sooner", "later", "patient");
        assertThat(store.ahead(store.find(new JobId("later")).orElseThrow())).isEqualTo(2);
        assertThat(store.queue()).isEqualTo(new QueueState(4, NOON));
    }

    @Test
    void onlyWaitingJobsAreOverdue() {
        JobTerms terms = new JobTerms(0, NOON.plusSeconds(5), null);
        add("waiting", 0, terms);
        add("running", 0, terms);
        add("patient", 0, new JobTerms(0, NOON.plusSeconds(50), null));
        update(new JobId("running"), job -> job.started(Lease.random(), NOON));

        assertThat(store.overdue(NOON.plusSeconds(6), 9))
                .extracting(JobId::value)
                .containsExactly("waiting");
        assertThat(store.overdue(NOON.plusSeconds(5), 9)).isEmpty();
    }

    @Test
    void oldShortLivedAndSurplusFinishedJobsAreForgettable() {
        add("waiting", 0);
        add("short-lived", 0, new JobTerms(0, null, Duration.ofSeconds(1)));
        update(new JobId("short-lived"), job -> job.cancelled(NOON.plusSeconds(99)));
        for (int i = 1; i <= 3; i++) {
            add("done" + i, 0);
            Instant finished = NOON.plusSeconds(i);
            update(new JobId("done" + i), job -> job.cancelled(finished));
        }

        assertThat(forgettable(NOON.plusSeconds(2), 9)).containsExactly("done1");
        assertThat(forgettable(NOON, 2)).containsExactly("done1", "done2");
        assertThat(forgettable(NOON.plusSeconds(100), NOON, 9)).isEmpty();
        assertThat(forgettable(NOON.plusSeconds(101), NOON, 9)).containsExactly("short-lived");
    }

    @Test
    void aKeyOutlivesItsJobForAWhile() {
        add("a", 0, KEY);
        update(A, job -> job.cancelled(NOON));

        store.removeKeys(NOON.plusSeconds(1));
        assertThat(store.holder(KEY)).isPresent();
        store.remove(A);
        store.removeKeys(NOON);
        assertThat(store.holder(KEY)).isPresent();
        store.removeKeys(NOON.plusSeconds(1));

        assertThat(store.holder(KEY)).isEmpty();
    }

    @Test
    void aBatchComesBackAsItWasSavedLast() {
        BatchId id = BatchId.random();
        batches.save(new Batch(id, NOON, List.of(Batch.Item.accepted(new JobId("old")))));
        Batch batch = new Batch(
                id,
                NOON.plusSeconds(1),
                List.of(
                        Batch.Item.accepted(A),
                        Batch.Item.refused(new JobError(ProblemCode.QUEUE_FULL, "full", null)),
                        Batch.Item.accepted(A)));

        batches.save(batch);

        assertThat(batches.find(id)).contains(batch);
        assertThat(batches.find(BatchId.random())).isEmpty();
    }

    @Test
    void aBatchStaysAsLongAsOneOfItsJobs() {
        add("a", 0);
        BatchId kept = BatchId.random();
        BatchId forgotten = BatchId.random();
        batches.save(new Batch(kept, NOON, List.of(Batch.Item.accepted(new JobId("gone")), Batch.Item.accepted(A))));
        batches.save(new Batch(forgotten, NOON, List.of(Batch.Item.accepted(new JobId("gone")))));

        batches.removeForgotten(NOON);
        assertThat(batches.find(forgotten)).isPresent();
        batches.removeForgotten(NOON.plusSeconds(1));

        assertThat(batches.find(forgotten)).isEmpty();
        assertThat(batches.find(kept)).isPresent();
    }

    @Test
    void directoriesAreKnownByTheirJobs() {
        add("a", 0);
        add("b", 0);
        String waiting = store.spec(A).orElseThrow().directory().name();
        String done = store.spec(new JobId("b")).orElseThrow().directory().name();
        update(new JobId("b"), job -> job.cancelled(NOON));

        assertThat(store.directories(List.of(waiting, done, "nobody's")))
                .isEqualTo(Map.of(waiting, JobStatus.QUEUED, done, JobStatus.CANCELLED));
    }

    private List<String> forgettable(Instant finishedBefore, int keep) {
        return forgettable(NOON, finishedBefore, keep);
    }

    private List<String> forgettable(Instant now, Instant finishedBefore, int keep) {
        return store.forgettable(now, finishedBefore, keep, 9).stream()
                .map(job -> job.id().value())
                .toList();
    }

    private Job update(JobId id, UnaryOperator<Job> change) {
        return store.update(id, job -> true, change).orElseThrow();
    }

    private void add(String id, int second) {
        add(id, second, null, JobTerms.NONE);
    }

    private void add(String id, int second, SubmissionKey key) {
        add(id, second, key, JobTerms.NONE);
    }

    private void add(String id, int second, JobTerms terms) {
        add(id, second, null, terms);
    }

    private void add(String id, int second, @Nullable SubmissionKey key, JobTerms terms) {
        String owner = key == null ? "ann" : key.owner();
        JobInput input = new JobInput.Remote("image_url", URI.create("http://localhost/"));
        JobSpec spec =
                new JobSpec("fake", new RenderOptions(Map.of()), input, null, null, Map.of(), directories.create());
        Job job = Job.queued(new JobId(id), "fake", terms, NOON.plusSeconds(second));
        insert(new JobRecord(owner, job, spec, key, "same"));
    }

    private void insert(JobRecord added) {
        transaction.executeWithoutResult(status -> store.insert(added));
    }
}
