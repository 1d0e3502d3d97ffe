package io.avatarservice.client;

import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Brings a request into a form that a provider takes. */
final class RequestFitting {

    private static final Set<String> FETCHABLE = Set.of("http", "https");

    /** Stands for content that is not fetched yet. */
    private static final MediaSource CONTENT = MediaSource.bytes(new byte[] {0});

    private final MediaFetch media;

    RequestFitting(MediaFetch media) {
        this.media = media;
    }

    /** The request for this provider. Fails, and fetches nothing, if the provider cannot fulfil it in any form. */
    Mono<AvatarRequest> fit(AvatarRequest request, ProviderPipeline pipeline) {
        ProviderCapabilities capabilities = pipeline.capabilities();
        MediaSource speech = request.speech();
        MediaSource driving = request.drivingVideo();
        String lack = capabilities.lacks(with(
                request,
                promised(request.portrait(), capabilities),
                speech == null ? null : promised(speech, capabilities),
                driving == null ? null : promised(driving, capabilities)));
        if (lack != null) {
            return Mono.error(
                    () -> new NotAskedException(pipeline.id(), FailureKind.UNSUPPORTED, "the provider " + lack));
        }
        return Mono.zip(
                        content("portrait", request.portrait(), pipeline),
                        optionalContent("speech", speech, pipeline),
                        optionalContent("driving video", driving, pipeline))
                .map(media -> with(
                        request,
                        media.getT1(),
                        media.getT2().orElse(null),
                        media.getT3().orElse(null)));
    }

    private Mono<Optional<MediaSource>> optionalContent(
            String role, @Nullable MediaSource medium, ProviderPipeline pipeline) {
        return medium == null
                ? Mono.just(Optional.empty())
                : content(role, medium, pipeline).map(Optional::of);
    }

    private Mono<MediaSource> content(String role, MediaSource medium, ProviderPipeline pipeline) {
        if (!(medium instanceof MediaSource.Url url) || !mustFetch(url, pipeline.capabilities())) {
            return Mono.just(medium);
        }
        return media.fetch(url)
                .onErrorMap(failure -> new NotAskedException(
                        pipeline.id(),
                        FailureKind.UNSUPPORTED,
                        "the provider takes no " + scheme(url) + " address, and the " + role
                                + " could not be fetched for it: " + failure.getMessage()));
    }

    private static MediaSource promised(MediaSource medium, ProviderCapabilities capabilities) {
        return medium instanceof MediaSource.Url url && mustFetch(url, capabilities) ? CONTENT : medium;
    }

    private static boolean mustFetch(MediaSource.Url url, ProviderCapabilities capabilities) {
        return capabilities.uploads()
                && !capabilities.urlSchemes().contains(scheme(url))
                && FETCHABLE.contains(scheme(url));
    }

    private static String scheme(MediaSource.Url url) {
        return url.url().getScheme().toLowerCase(Locale.ROOT);
    }

    private static AvatarRequest with(
            AvatarRequest request,
            MediaSource portrait,
            @Nullable MediaSource speech,
            @Nullable MediaSource drivingVideo) {
        AvatarRequest.Builder fitted = speech == null
                ? AvatarRequest.driven(portrait, Objects.requireNonNull(drivingVideo))
                : AvatarRequest.builder(portrait, speech);
        return fitted.driver(request.driver())
                .options(request.options())
                .drivingVideo(drivingVideo)
                .idempotencyKey(request.idempotencyKey())
                .webhook(request.webhook())
                .build();
    }
}
