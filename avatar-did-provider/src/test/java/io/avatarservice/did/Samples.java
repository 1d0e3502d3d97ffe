package io.avatarservice.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.JobId;
import io.avatarservice.spi.MediaSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** Requests and media that several tests need. */
final class Samples {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final JobId JOB = JobId.of("tlk_A1b2C3");
    static final byte[] PORTRAIT = png(512, 512);
    static final byte[] SPEECH = "RIFF\0\0\0\0WAVEfmt and so on".getBytes(StandardCharsets.ISO_8859_1);
    static final AvatarRequest UPLOAD =
            AvatarRequest.of(MediaSource.bytes(PORTRAIT), MediaSource.bytes(SPEECH)).toBuilder()
                    .idempotencyKey("order-42")
                    .build();
    static final AvatarRequest ADDRESSES = AvatarRequest.of(
                    MediaSource.url(URI.create("https://media.example.com/faces/anna.png?sig=a%2Bb")),
                    MediaSource.url(URI.create("https://media.example.com/speech/42.wav?X-Signature=c1")))
            .toBuilder()
            .idempotencyKey("order-42")
            .build();

    private Samples() {}

    /** The header of a PNG, and no picture. */
    static byte[] png(int width, int height) {
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .array();
    }

    /** The beginning of a JPEG whose metadata come first, and no picture. */
    static byte[] jpeg(int width, int height, int metadata) {
        return ByteBuffer.allocate(2 + 2 + metadata + 12)
                .put(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1})
                .putShort((short) metadata)
                .position(4 + metadata)
                .put(new byte[] {(byte) 0xff, (byte) 0xc2})
                .putShort((short) 17)
                .put((byte) 8)
                .putShort((short) height)
                .putShort((short) width)
                .array();
    }

    static byte[] padded(byte[] start, int size) {
        return Arrays.copyOf(start, size);
    }

    /** One of D-ID's recorded bodies. */
    static String wire(String name) {
        try (InputStream body = Samples.class.getResourceAsStream("wire/" + name + ".json")) {
            assertThat(body).as(name).isNotNull();
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Consumer<Throwable> failure(FailureKind kind) {
        return failure(kind, failure -> {});
    }

    static Consumer<Throwable> failure(FailureKind kind, Consumer<AvatarException> more) {
        return seen -> assertThat(seen)
                .asInstanceOf(type(AvatarException.class))
                .satisfies(failure ->
                        assertThat(failure.kind()).as(failure.reason()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.provider()).isEqualTo(DidAvatarProvider.ID))
                .satisfies(more);
    }
}
