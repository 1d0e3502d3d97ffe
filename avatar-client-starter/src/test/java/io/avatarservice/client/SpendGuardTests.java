package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SpendGuardTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MediaSource PORTRAIT = MediaSource.bytes(new byte[] {1});
    private static final MediaSource UNKNOWN = MediaSource.bytes(new byte[] {2});

    private final VirtualTime time = new VirtualTime();
    private final ScriptedAvatarProvider paid = ScriptedAvatarProvider.ofPaid("d-id");
    private final ScriptedAvatarProvider gpu = ScriptedAvatarProvider.ofOurs("sadtalker");

    @Test
    void thereIsNoLimitUnlessSet() {
        AvatarClient client = client(paid, null).build();

        for (int render = 0; render < 10; render++) {
            accept(client, UNKNOWN);
        }
    }

    @Test
    void lengthThatNobodyKnowsIsAssumed() {
        AvatarClient client = client(paid, Duration.ofSeconds(120)).build();
        accept(client, UNKNOWN);
        accept(client, UNKNOWN);

        StepVerifier.create(client.submit(AvatarRequest.of(PORTRAIT, UNKNOWN)))
                .expectErrorSatisfies(seen -> assertThat(seen)
                        .hasMessage("the limit of PT2M of paid video a day leaves no room for another PT1M: "
                                + "PT2M are spent")
                        .isInstanceOfSatisfying(AvatarException.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
                            assertThat(failure.attempts())
                                    .extracting(AvatarAttempt::outcome)
                                    .containsExactly(AvatarAttempt.Outcome.SKIPPED);
                        }))
                .verify(PATIENCE);

        assertThat(paid.submitted).hasSize(2);
    }

    @Test
    void lengthOfAWavIsKnown() throws Exception {
        AvatarClient client = client(paid, Duration.ofSeconds(10)).build();

        accept(client, MediaSource.bytes(wav(6)));
        accept(client, MediaSource.bytes(wav(4)));

        refuse(client, MediaSource.bytes(wav(1)));
    }

    @Test
    void lengthOfAWavFileIsKnown(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("speech.wav"), wav(9));
        AvatarClient client = client(paid, Duration.ofSeconds(10)).build();

        accept(client, MediaSource.file(file));

        refuse(client, MediaSource.file(file));
    }

    @Test
    void fileThatIsNotThereIsForTheProviderToRefuse(@TempDir Path directory) {
        AvatarClient client = client(paid, Duration.ofMinutes(1)).build();

        accept(client, MediaSource.file(directory.resolve("missing.wav")));
    }

    @Test
    void finishedVideoCountsAsLongAsItIs() {
        AvatarClient client = client(paid, Duration.ofSeconds(70)).build();
        AvatarVideo video = ScriptedAvatarProvider.video(paid.id()).toBuilder()
                .duration(Duration.ofSeconds(10))
                .build();
        paid.thenSubmits(Mono.just(ScriptedAvatarProvider.completed(video)));
        StepVerifier.create(client.render(AvatarRequest.of(PORTRAIT, UNKNOWN)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        accept(client, UNKNOWN);

        refuse(client, UNKNOWN);
    }

    @Test
    void refusedSubmitCostsNothing() {
        AvatarClient client = client(paid, Duration.ofSeconds(60)).build();
        paid.thenRefuses(FailureKind.FACE_NOT_FOUND);
        refuse(client, UNKNOWN);

        accept(client, UNKNOWN);
    }

    @Test
    void submitThatMayHaveBeenAcceptedCosts() {
        AvatarClient client = client(paid, Duration.ofSeconds(60)).build();
        paid.thenLosesTheAnswer(FailureKind.SUBMIT_UNCONFIRMED);
        paid.reconcile = Mono.error(paid.failure(FailureKind.SUBMIT_UNCONFIRMED));
        refuse(client, UNKNOWN);

        refuse(client, UNKNOWN);

        assertThat(paid.submitted).hasSize(1);
    }

    @Test
    void nextDayBeginsAnewInUtc() {
        AvatarClient client = client(paid, Duration.ofSeconds(60)).build();
        accept(client, UNKNOWN);
        time.pass(Duration.ofHours(12).minusSeconds(10));
        refuse(client, UNKNOWN);

        time.pass(Duration.ofSeconds(10));

        accept(client, UNKNOWN);
    }

    @Test
    void providerThatIsNotPaidHasNoLimit() {
        AvatarClient client = client(gpu, Duration.ofSeconds(1)).build();

        accept(client, UNKNOWN);
    }

    @Test
    void nextProviderRendersWhatTheLimitForbids() {
        AvatarClient client =
                client(paid, Duration.ofSeconds(1)).fallbacks(List.of(gpu)).build();

        StepVerifier.create(client.submit(AvatarRequest.of(PORTRAIT, UNKNOWN)))
                .assertNext(job -> assertThat(job.provider()).isEqualTo(gpu.id()))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(paid.submitted).isEmpty();
    }

    private AvatarClientBuilder client(ScriptedAvatarProvider provider, @Nullable Duration limit) {
        return AvatarClient.builder(provider)
                .spendLimit(limit, Duration.ofSeconds(60))
                .scheduler(time.scheduler())
                .clock(time);
    }

    private static void accept(AvatarClient client, MediaSource speech) {
        StepVerifier.create(client.submit(AvatarRequest.of(PORTRAIT, speech)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static void refuse(AvatarClient client, MediaSource speech) {
        StepVerifier.create(client.submit(AvatarRequest.of(PORTRAIT, speech)))
                .expectError(AvatarException.class)
                .verify(PATIENCE);
    }

    private static byte[] wav(int seconds) throws IOException {
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        byte[] samples = new byte[seconds * 32_000];
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
                AudioFileFormat.Type.WAVE,
                file);
        return file.toByteArray();
    }
}
