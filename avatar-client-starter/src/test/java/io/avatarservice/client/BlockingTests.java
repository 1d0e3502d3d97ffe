package io.avatarservice.client;

import static io.avatarservice.client.ScriptedAvatarProvider.completed;
import static io.avatarservice.client.ScriptedAvatarProvider.queued;
import static io.avatarservice.client.ScriptedAvatarProvider.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(60)
class BlockingTests {

    private static final AvatarRequest REQUEST =
            AvatarRequest.of(MediaSource.bytes(new byte[] {1}), MediaSource.bytes(new byte[] {2}));

    private final ScriptedAvatarProvider provider = new ScriptedAvatarProvider();
    private final AvatarClient client = AvatarClient.builder(provider)
            .pollInterval(Duration.ofMillis(1), Duration.ofMillis(1))
            .build();

    @Test
    void renderReturnsTheVideo() {
        provider.thenFinds(running(0.5), completed());

        assertThat(ScriptedAvatarProvider.withoutAttempts(client.renderBlocking(REQUEST)))
                .isEqualTo(ScriptedAvatarProvider.VIDEO);
    }

    @Test
    void renderShowsHowItGoes() {
        provider.thenFinds(running(0.5), completed());
        List<AvatarJob> progress = new ArrayList<>();

        assertThat(ScriptedAvatarProvider.withoutAttempts(client.renderBlocking(REQUEST, progress::add)))
                .isEqualTo(ScriptedAvatarProvider.VIDEO);

        assertThat(progress)
                .map(ScriptedAvatarProvider::withoutAttempts)
                .containsExactly(queued(), running(0.5), completed());
    }

    @Test
    void renderThrowsWhatWentWrong() {
        AvatarException refusal = AvatarException.builder(FailureKind.QUOTA_EXHAUSTED, "no credits left")
                .build();
        provider.submit = Mono.error(refusal);

        assertThatExceptionOfType(AvatarException.class)
                .isThrownBy(() -> client.renderBlocking(REQUEST))
                .withMessage("no credits left")
                .satisfies(seen -> assertThat(seen.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED))
                .satisfies(seen -> assertThat(seen.attempts()).hasSize(1));
    }

    @Test
    void downloadReturnsTheFile(@TempDir Path directory) {
        provider.download = Flux.just(ByteBuffer.wrap(new byte[] {1, 2, 3}));

        Path file = client.downloadBlocking(ScriptedAvatarProvider.VIDEO, directory.resolve("v.mp4"));

        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    }
}
