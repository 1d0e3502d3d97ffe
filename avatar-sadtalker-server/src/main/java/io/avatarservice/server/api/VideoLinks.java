package io.avatarservice.server.api;

import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoLink;
import io.avatarservice.server.storage.VideoStore;
import java.net.URI;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Addresses that clients can use as they are. */
@Component
class VideoLinks {

    private final VideoStore videos;
    private final ServerProperties properties;

    VideoLinks(VideoStore videos, ServerProperties properties) {
        this.videos = videos;
        this.properties = properties;
    }

    /**
     * The absolute address of a video. Blocks.
     *
     * @param request tells, with its forwarded headers, under which address the client sees this server
     */
    VideoLink video(VideoKey key, ServerHttpRequest request) {
        return absolute(videos.link(key), base(request));
    }

    /** The same with an address signed anew, where addresses expire. Blocks. */
    VideoLink freshVideo(VideoKey key, ServerHttpRequest request) {
        return freshVideo(key, base(request));
    }

    /**
     * The same for a client that is not here at the moment.
     *
     * @param base as {@link #base} gave it while the client was
     */
    VideoLink freshVideo(VideoKey key, URI base) {
        return absolute(videos.freshLink(key), base);
    }

    /** Under which address the client sees this server. */
    URI base(ServerHttpRequest request) {
        return UriComponentsBuilder.fromUri(request.getURI())
                .replacePath(request.getPath().contextPath().value())
                .replaceQuery(null)
                .build()
                .toUri();
    }

    private VideoLink absolute(VideoLink link, URI base) {
        URI url = link.url();
        if (url.isAbsolute()) {
            return link;
        }
        URI server = properties.publicUrl() != null ? properties.publicUrl() : base;
        return new VideoLink(
                UriComponentsBuilder.fromUri(server).path(url.getPath()).build().toUri(), link.expiresAt());
    }
}
