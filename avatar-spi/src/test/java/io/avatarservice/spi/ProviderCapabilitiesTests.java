package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProviderCapabilitiesTests {

    private static final MediaSource CONTENT = MediaSource.bytes(new byte[] {1});
    private static final MediaSource FILE = MediaSource.file(Path.of("speech.wav"));
    private static final MediaSource HTTP = MediaSource.url(URI.create("HTTP://media.example.com/portrait.png"));
    private static final MediaSource BUCKET = MediaSource.url(URI.create("gs://bucket/speech.wav"));

    @Test
    void takesAddressesAndNothingElseUnlessSaidOtherwise() {
        ProviderCapabilities bare = ProviderCapabilities.builder().build();

        assertThat(bare.lacks(AvatarRequest.of(HTTP, HTTP))).isNull();
        assertThat(bare.lacks(AvatarRequest.of(HTTP, FILE))).isEqualTo("takes addresses only (http, https)");
        assertThat(bare.lacks(AvatarRequest.of(CONTENT, HTTP))).isEqualTo("takes addresses only (http, https)");
    }

    @Test
    void namesTheSchemeThatItDoesNotTake() {
        ProviderCapabilities uploads =
                ProviderCapabilities.builder().uploads(true).urlSchemes("HTTPS").build();

        assertThat(uploads.lacks(AvatarRequest.of(CONTENT, FILE))).isNull();
        assertThat(uploads.lacks(AvatarRequest.of(CONTENT, BUCKET))).isEqualTo("takes no gs address");
        assertThat(uploads.lacks(AvatarRequest.of(HTTP, FILE))).isEqualTo("takes no http address");
    }

    @Test
    void aDrivingVideoIsNotPassedOver() {
        AvatarRequest request =
                AvatarRequest.builder(HTTP, HTTP).drivingVideo(HTTP).build();

        assertThat(ProviderCapabilities.builder().build().lacks(request)).isEqualTo("takes no driving video");
        assertThat(ProviderCapabilities.builder().drivingVideo(true).build().lacks(request))
                .isNull();
    }

    @Test
    void theDrivingVideoIsAMediumLikeTheOthers() {
        ProviderCapabilities capabilities =
                ProviderCapabilities.builder().drivingVideo(true).build();
        AvatarRequest request =
                AvatarRequest.builder(HTTP, HTTP).drivingVideo(BUCKET).build();

        assertThat(capabilities.lacks(request)).isEqualTo("takes no gs address");
    }
}
