package io.avatarservice.client.sadtalker;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.not;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Whether the server is told where to call. */
class SadTalkerWebhookIT extends SadTalkerContract {

    private static final URI WEBHOOK = URI.create("https://orchestrator.example.com/avatar/webhooks/sadtalker/1/t0ken");
    private static final AvatarRequest ADDRESSES = AvatarRequest.builder(
                    MediaSource.url(URI.create("https://media.example.com/p.png")),
                    MediaSource.url(URI.create("https://media.example.com/s.wav")))
            .webhook(WEBHOOK)
            .build();

    private final SadTalkerAvatarProvider calledBack = SadTalkerAvatarProvider.builder(URI.create(SERVER.baseUrl()))
            .webhooks(true)
            .build();

    @Test
    void notUnlessAskedFor() {
        accept();

        submit(provider, ADDRESSES);
        submit(provider, UPLOAD.toBuilder().webhook(WEBHOOK).build());

        assertThat(provider.capabilities().webhooks()).isFalse();
        SERVER.verify(2, postRequestedFor(urlPathEqualTo("/v1/jobs")).withRequestBody(not(containing("webhook"))));
    }

    @Test
    void inAFieldOfTheJson() {
        accept();

        submit(calledBack, ADDRESSES);

        assertThat(calledBack.capabilities().webhooks()).isTrue();
        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withRequestBody(matchingJsonPath("$.webhook_url", equalTo(WEBHOOK.toString()))));
    }

    @Test
    void inAPartOfTheForm() {
        accept();

        submit(calledBack, UPLOAD.toBuilder().webhook(WEBHOOK).build());

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo("/v1/jobs"))
                        .withRequestBodyPart(aMultipart("webhook_url")
                                .withBody(equalTo(WEBHOOK.toString()))
                                .build()));
    }

    private static void submit(SadTalkerAvatarProvider provider, AvatarRequest request) {
        StepVerifier.create(provider.submit(request))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }
}
