package io.avatarservice.client.sadtalker;

import io.avatarservice.client.sadtalker.SadTalkerWire.Submit;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/** Turns our requests into bodies: JSON where the server fetches everything itself, multipart where it is sent something. */
final class SadTalkerSubmits {

    private final boolean webhooks;

    /**
     * Bodies of submits.
     *
     * @param webhooks whether the server is told where to call
     */
    SadTalkerSubmits(boolean webhooks) {
        this.webhooks = webhooks;
    }

    /** The JSON body, or {@code null} if any medium has to be uploaded. */
    @Nullable Submit json(AvatarRequest request) {
        MediaSource speech = request.speech();
        MediaSource drivingVideo = request.drivingVideo();
        if (request.portrait() instanceof MediaSource.Url portrait
                && (speech == null || speech instanceof MediaSource.Url)
                && (drivingVideo == null || drivingVideo instanceof MediaSource.Url)) {
            return new Submit(
                    portrait.url().toString(),
                    address(speech),
                    address(drivingVideo),
                    request.driver(),
                    request.options(),
                    webhook(request));
        }
        return null;
    }

    /**
     * The parts. Files and bytes are not read here but while they are sent.
     *
     * @throws AvatarException if a file cannot be read
     */
    MultiValueMap<String, HttpEntity<?>> parts(AvatarRequest request) {
        MultipartBodyBuilder parts = new MultipartBodyBuilder();
        add(parts, "image", request.portrait());
        if (request.speech() != null) {
            add(parts, "audio", request.speech());
        }
        if (request.drivingVideo() != null) {
            add(parts, "driving_video", request.drivingVideo());
        }
        if (request.driver() != null) {
            parts.part("driver", request.driver());
        }
        if (!request.options().isEmpty()) {
            parts.part("options", request.options(), MediaType.APPLICATION_JSON);
        }
        String webhook = webhook(request);
        if (webhook != null) {
            parts.part("webhook_url", webhook);
        }
        return parts.build();
    }

    private static @Nullable String address(@Nullable MediaSource medium) {
        return medium instanceof MediaSource.Url url ? url.url().toString() : null;
    }

    private @Nullable String webhook(AvatarRequest request) {
        URI webhook = request.webhook();
        return webhooks && webhook != null ? webhook.toString() : null;
    }

    private static void add(MultipartBodyBuilder parts, String name, MediaSource source) {
        if (source instanceof MediaSource.Url url) {
            parts.part(name + "_url", url.url().toString());
        } else if (source instanceof MediaSource.File file) {
            if (!Files.isRegularFile(file.path()) || !Files.isReadable(file.path())) {
                throw unreadable(name, file);
            }
            // Named after its role: the server looks at the content, and a file's name may tell more than it should.
            parts.part(name, new FileSystemResource(file.path()), MediaType.APPLICATION_OCTET_STREAM)
                    .filename(name);
        } else if (source instanceof MediaSource.Bytes bytes) {
            parts.asyncPart(
                            name,
                            Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(bytes.content())),
                            DataBuffer.class)
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .filename(name);
        }
    }

    private static AvatarException unreadable(String name, MediaSource.File file) {
        String message = name + ": " + file.path() + " is not a readable file";
        return AvatarException.builder(FailureKind.INVALID_REQUEST, message)
                .provider(SadTalkerAvatarProvider.ID)
                .fieldErrors(List.of(new FieldError(name, "is not a readable file")))
                .build();
    }
}
