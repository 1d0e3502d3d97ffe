package io.avatarservice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaSourceTests {

    @Test
    void bytesAreCopiedAndReadOnly() {
        byte[] content = {1, 2, 3};

        MediaSource.Bytes source = (MediaSource.Bytes) MediaSource.bytes(content);
        content[0] = 9;

        assertThat(source.content()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(source.content().isReadOnly()).isTrue();
    }

    @Test
    void bytesCanBeReadMoreThanOnce() {
        MediaSource.Bytes source = (MediaSource.Bytes) MediaSource.bytes(new byte[] {1, 2, 3});

        source.content().get(new byte[3]);

        assertThat(source.content().remaining()).isEqualTo(source.size()).isEqualTo(3);
    }

    @Test
    void bytesAreNotShown() {
        byte[] content = "private".getBytes(StandardCharsets.UTF_8);

        assertThat(MediaSource.bytes(content)).hasToString("Bytes[7 bytes]");
    }

    @Test
    void bytesWithSameContentAreEqual() {
        assertThat(MediaSource.bytes(new byte[] {1}))
                .isEqualTo(MediaSource.bytes(new byte[] {1}))
                .hasSameHashCodeAs(MediaSource.bytes(new byte[] {1}))
                .isNotEqualTo(MediaSource.bytes(new byte[] {2}));
    }

    @Test
    void refusesEmptyContent() {
        assertThatIllegalArgumentException().isThrownBy(() -> MediaSource.bytes(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/b.png", "HTTPS://a/b.png", "s3://bucket/key", "gs://bucket/key"})
    void takesAddressesThatAMachineCanBeAskedFor(String url) {
        assertThat(MediaSource.url(URI.create(url))).isEqualTo(new MediaSource.Url(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"portrait.png", "/portrait.png", "file:///etc/hosts", "data:image/png,secret", "https:///x"})
    void refusesOtherAddressesWithoutRepeatingTheirContent(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MediaSource.url(URI.create(url)))
                .withMessageStartingWith("a medium's address is absolute and has the scheme http, https, s3 or gs")
                .withMessageNotContaining("secret");
    }

    @Test
    void addressIsShownWithoutItsSecrets() {
        URI signed = URI.create("https://user:secret@media.example.com:8443/a.png?X-Signature=secret#secret");

        assertThat(MediaSource.url(signed)).hasToString("Url[https://media.example.com:8443/a.png?***]");
    }
}
