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
        return absolute(videos.link(key), request);
    }

    /** The same with an address signed anew, where addresses expire. Blocks. */
    VideoLink freshVideo(VideoKey key, ServerHttpRequest request) {
        return absolute(videos.freshLink(key), request);
    }

    private VideoLink absolute(VideoLink link, ServerHttpRequest request) {
        URI url = link.url();
        if (url.isAbsolute()) {
            return link;
        }
        UriComponentsBuilder base = properties.publicUrl() != null
                ? UriComponentsBuilder.fromUri(properties.publicUrl())
                : UriComponentsBuilder.fromUri(request.getURI())
                        .replacePath(request.getPath().contextPath().value())
                        .replaceQuery(null);
        return new VideoLink(base.path(url.getPath()).build().toUri(), link.expiresAt());
    }
}
