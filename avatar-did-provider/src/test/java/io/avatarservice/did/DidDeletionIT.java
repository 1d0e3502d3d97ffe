package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.UPLOAD;
import static io.avatarservice.did.Samples.failure;
import static org.awaitility.Awaitility.await;

import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What is deleted at D-ID, and when. */
class DidDeletionIT extends DidContract {

    private static final String VIDEO = "\0\0\0\u0018ftypisom and the rest";

    private final DidAvatarProvider tidy =
            builder(SERVER.baseUrl()).deleteAfterDownload(true).build();

    @Test
    void talkAndUploadsAreDeletedAfterTheDownload() {
        accept();
        submit(tidy);

        download(tidy);

        deleted("/talks/tlk_A1b2C3", "/images/img_x", "/audios/aud_x");
    }

    @Test
    void nothingIsDeletedUnlessAskedFor() {
        accept();
        submit(provider);

        download(provider);

        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void downloadThatFailsDeletesNothing() {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withBody("<html>")));

        StepVerifier.create(tidy.download(video()))
                .thenConsumeWhile(piece -> true)
                .expectErrorSatisfies(failure(FailureKind.UNAVAILABLE))
                .verify(PATIENCE);

        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void uploadsOfARefusedSubmitAreDeleted() {
        accept();
        SERVER.stubFor(post("/talks").willReturn(error(400, "BadRequestError", "no")));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(FailureKind.INVALID_REQUEST))
                .verify(PATIENCE);

        deleted("/images/img_x", "/audios/aud_x");
    }

    @Test
    void uploadsOfAnUnconfirmedSubmitAreStillNeeded() {
        accept();
        SERVER.stubFor(post("/talks").willReturn(aResponse().withStatus(504)));

        StepVerifier.create(provider.submit(UPLOAD))
                .expectErrorSatisfies(failure(FailureKind.SUBMIT_UNCONFIRMED))
                .verify(PATIENCE);

        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    /** Deletions go on in the background. */
    private static void deleted(String... paths) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (String path : paths) {
                SERVER.verify(1, deleteRequestedFor(urlEqualTo(path)));
            }
        });
    }

    private static void submit(DidAvatarProvider provider) {
        StepVerifier.create(provider.submit(UPLOAD))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static void download(DidAvatarProvider provider) {
        SERVER.stubFor(get("/a.mp4").willReturn(aResponse().withBody(VIDEO)));
        StepVerifier.create(provider.download(video()))
                .thenConsumeWhile(piece -> true)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static AvatarVideo video() {
        return AvatarVideo.builder(DidAvatarProvider.ID, JOB, URI.create(SERVER.baseUrl() + "/a.mp4"))
                .expiresAt(NOW.plus(Duration.ofHours(20)))
                .build();
    }
}
