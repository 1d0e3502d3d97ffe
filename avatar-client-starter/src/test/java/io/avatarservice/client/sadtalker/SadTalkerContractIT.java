package io.avatarservice.client.sadtalker;

import io.avatarservice.client.fake.FakeAvatarServer;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.tck.AvatarProviderContractTests;
import io.avatarservice.spi.tck.ProviderTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider keeps the contract that every provider keeps. */
class SadTalkerContractIT extends AvatarProviderContractTests {

    @RegisterExtension
    static final FakeAvatarServer SERVER = new FakeAvatarServer();

    @Override
    protected AvatarProvider provider() {
        return SadTalkerAvatarProvider.builder(SERVER.baseUrl()).build();
    }

    @Override
    protected AvatarProvider unreachable() {
        return SadTalkerAvatarProvider.builder(URI.create("http://localhost:" + unusedPort()))
                .build();
    }

    private static int unusedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected ProviderTraffic traffic() {
        int calls = Arrays.stream(Operation.values()).mapToInt(SERVER::calls).sum();
        return new ProviderTraffic(calls, SERVER.calls(Operation.SUBMIT), SERVER.jobsCreated());
    }

    @Override
    protected byte[] video() {
        return FakeAvatarServer.video();
    }

    @Override
    protected AvatarVideo lostVideo() {
        return AvatarVideo.builder(
                        SadTalkerAvatarProvider.ID,
                        unknownJob(),
                        SERVER.baseUrl().resolve("/media/gone.mp4"))
                .build();
    }

    @Override
    protected Set<FailureKind> renderFailures() {
        return Set.of(
                FailureKind.FACE_NOT_FOUND,
                FailureKind.INVALID_REQUEST,
                FailureKind.UNSUPPORTED,
                FailureKind.TIMEOUT,
                FailureKind.RENDER_FAILED);
    }

    @Override
    protected void rendersFailWith(FailureKind kind) {
        SERVER.nextJobFails(kind == FailureKind.INVALID_REQUEST ? "UNSUPPORTED_MEDIA" : kind.name(), "it did not work");
    }

    @Override
    protected void rendersNeverEnd() {
        SERVER.statuses("queued", "running");
    }

    @Override
    protected boolean loseTheNextAnswer() {
        SERVER.faults(FaultPlan.listed(Operation.SUBMIT, Fault.resetAfterAccepting()));
        return true;
    }

    /** For longer than anybody here is patient. */
    @Override
    protected AutoCloseable holdAnswers() {
        SERVER.faults(operation -> Fault.delay(patience().multipliedBy(3)));
        return () -> SERVER.faults(FaultPlan.none());
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }
}
