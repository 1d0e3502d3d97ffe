package io.avatarservice.sample.custom;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.CancelOutcome;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What is particular about working by file share. */
class WatchFolderAvatarProviderTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final Path folder;
    private final WatchFolderAvatarProvider provider;
    private final GatedExecutor hanging = new GatedExecutor();

    WatchFolderAvatarProviderTests(@TempDir Path folder) {
        this.folder = folder;
        this.provider = new WatchFolderAvatarProvider(folder, PATIENCE);
    }

    @BeforeEach
    void makeTheFarmsFolders() throws IOException {
        Files.createDirectories(folder.resolve("inbox"));
        Files.createDirectories(folder.resolve("outbox"));
    }

    @AfterEach
    void close() throws InterruptedException {
        hanging.close();
    }

    @Test
    void farmFindsTheMediaAndTheWishes(@TempDir Path media) throws IOException {
        Path speech = Files.write(media.resolve("confidential.wav"), new byte[] {3, 4});
        AvatarRequest request = AvatarRequest.builder(MediaSource.bytes(new byte[] {1}), MediaSource.file(speech))
                .driver("fast")
                .option("seed", 7)
                .drivingVideo(MediaSource.bytes(new byte[] {5}))
                .build();

        Path job = inbox(submit(request));

        assertThat(job.resolve("portrait")).hasBinaryContent(new byte[] {1});
        assertThat(job.resolve("speech")).hasBinaryContent(new byte[] {3, 4});
        assertThat(job.resolve("driving_video")).hasBinaryContent(new byte[] {5});
        assertThat(properties(job.resolve("job.properties")))
                .containsOnly(
                        entry("portrait", "portrait"),
                        entry("speech", "speech"),
                        entry("driving_video", "driving_video"),
                        entry("driver", "fast"),
                        entry("option.seed", "7"));
    }

    @Test
    void unreadableFileLeavesNothingBehind() {
        AvatarRequest request =
                AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.file(folder.resolve("gone.wav")));

        StepVerifier.create(provider.submit(request))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .isInstanceOfSatisfying(AvatarException.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                            assertThat(failure.fieldErrors()).hasSize(1);
                        }))
                .verify(PATIENCE);

        assertThat(folder.resolve("staging")).isEmptyDirectory();
        assertThat(folder.resolve("inbox")).isEmptyDirectory();
    }

    @Test
    void manySubmitsWithOneKeyMakeOneJob() {
        AvatarRequest keyed = REQUEST.toBuilder().idempotencyKey("order-42").build();

        StepVerifier.create(Flux.range(0, 32)
                        .flatMap(i -> provider.submit(keyed), 32)
                        .map(AvatarJob::id)
                        .distinct()
                        .count())
                .expectNext(1L)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(folder.resolve("inbox")).isDirectoryContaining(job -> true);
        assertThat(folder.resolve("staging")).isEmptyDirectory();
    }

    @Test
    void startedJobIsRunningAndCannotBeTakenBack() throws IOException {
        JobId id = submit(REQUEST);
        start(id);

        StepVerifier.create(provider.cancel(id))
                .expectNext(CancelOutcome.NOT_SUPPORTED)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(provider.find(id).map(AvatarJob::status))
                .expectNext(AvatarJobStatus.RUNNING)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void cancelledJobIsNotThereForTheFarm() {
        JobId id = submit(REQUEST);

        StepVerifier.create(provider.cancel(id))
                .expectNext(CancelOutcome.CANCELLED)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(inbox(id).resolve("job.properties")).doesNotExist();
    }

    @Test
    void failureOfAnUnknownSortIsAFailedRender() throws IOException {
        JobId id = submit(REQUEST);
        Files.writeString(folder.resolve("outbox").resolve(id + ".error"), "kind=out-of-teapots");

        StepVerifier.create(provider.find(id).mapNotNull(AvatarJob::failure))
                .expectNext(new JobFailure(FailureKind.RENDER_FAILED, "the farm gave no reason", List.of()))
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outbox/x", "..", "/etc/passwd", "0198C0DE-0000-7000-8000-000000000000"})
    void idThatIsNotOursIsAnUnknownJob(String id) throws IOException {
        Files.writeString(folder.resolve("outbox").resolve("x.mp4"), "not to be read");

        StepVerifier.create(provider.find(JobId.of(id))).expectComplete().verify(PATIENCE);
    }

    @Test
    void shareThatHangsEndsTheCall() throws Exception {
        WatchFolderAvatarProvider impatient =
                new WatchFolderAvatarProvider(folder, Duration.ofMillis(50), Schedulers.fromExecutor(hanging));
        try (AutoCloseable held = hanging.hold()) {
            assertThat(held).isNotNull();
            StepVerifier.create(impatient.submit(REQUEST))
                    .expectErrorSatisfies(seen -> assertThat(seen)
                            .isInstanceOfSatisfying(
                                    AvatarException.class,
                                    failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SUBMIT_UNCONFIRMED)))
                    .verify(PATIENCE);
        }
    }

    private JobId submit(AvatarRequest request) {
        return provider.submit(request)
                .map(AvatarJob::id)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private void start(JobId id) throws IOException {
        Files.move(inbox(id).resolve("job.properties"), inbox(id).resolve("started.properties"));
    }

    private Path inbox(JobId id) {
        return folder.resolve("inbox").resolve(id.value());
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }
}
