package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.did.fake.FakeDid;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.tck.AvatarProviderContractTests;
import io.avatarservice.spi.tck.ProviderTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider keeps the contract that every provider keeps. */
class DidContractIT extends AvatarProviderContractTests {

    @RegisterExtension
    static final FakeDid DID = new FakeDid();

    /** Where media lie that D-ID does not fetch itself. */
    @RegisterExtension
    static final WireMockExtension MEDIA = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @BeforeEach
    void serveMedia() {
        MEDIA.stubFor(get("/portrait.png").willReturn(ok().withBody(portrait())));
        MEDIA.stubFor(get("/speech.wav").willReturn(ok().withBody(speech())));
    }

    @Override
    protected AvatarProvider provider() {
        return DidAvatarProvider.builder(() -> FakeDid.API_KEY)
                .baseUrl(DID.baseUrl())
                .build();
    }

    @Override
    protected AvatarProvider unreachable() {
        return DidAvatarProvider.builder(() -> FakeDid.API_KEY)
                .baseUrl(URI.create("http://localhost:" + unusedPort()))
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
    protected URI address(String scheme, String file) {
        return scheme.equals("http") ? URI.create(MEDIA.url(file)) : super.address(scheme, file);
    }

    @Override
    protected ProviderTraffic traffic() {
        int calls = Arrays.stream(Operation.values()).mapToInt(DID::calls).sum();
        return new ProviderTraffic(calls, DID.calls(Operation.SUBMIT), DID.talksCreated());
    }

    @Override
    protected byte[] video() {
        return FakeDid.video(DID.talks().get(DID.talksCreated() - 1).id());
    }

    @Override
    protected AvatarVideo lostVideo() {
        return AvatarVideo.builder(
                        DidAvatarProvider.ID, unknownJob(), DID.baseUrl().resolve("/d-id-talks-prod/gone.mp4"))
                .build();
    }

    @Override
    protected JobId unknownJob() {
        return JobId.of("tlk_never_was");
    }

    @Override
    protected Set<FailureKind> renderFailures() {
        return Set.of(FailureKind.RENDER_FAILED, FailureKind.FACE_NOT_FOUND, FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected void rendersFailWith(FailureKind kind) {
        switch (kind) {
            case FACE_NOT_FOUND -> DID.nextTalkFails("FaceError", "face not detected");
            case CONTENT_REJECTED -> DID.nextTalkEndsWith("rejected");
            default -> DID.nextTalkFails("UnknownError", "something broke");
        }
    }

    @Override
    protected void rendersNeverEnd() {
        DID.statuses("created", "started");
    }

    @Override
    protected boolean loseTheNextAnswer() {
        DID.faults(FaultPlan.listed(Operation.SUBMIT, Fault.resetAfterAccepting()));
        return true;
    }

    /** For longer than anybody here is patient. */
    @Override
    protected AutoCloseable holdAnswers() {
        DID.faults(operation -> Fault.delay(patience().multipliedBy(3)));
        return () -> DID.faults(FaultPlan.none());
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }
}
