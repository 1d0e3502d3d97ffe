package io.avatarservice.spi.tck;

import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.MediaSource;
import io.avatarservice.spi.ProviderCapabilities;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Mistakes that can be made with a download, a probe, and what a provider says of itself. */
final class OtherDefects {

    private OtherDefects() {}

    static List<Defect> all() {
        return List.of(
                Defect.of("changes its id", "idIsStable", (farm, capabilities) -> {
                    AtomicInteger asked = new AtomicInteger();
                    return new InMemoryAvatarProvider(farm, capabilities) {
                        @Override
                        public ProviderId id() {
                            return ProviderId.of("in-memory-" + asked.incrementAndGet());
                        }
                    };
                }),
                Defect.of("learns new tricks", "capabilitiesAreConstantAndNeedNoCall", (farm, capabilities) -> {
                    AtomicInteger asked = new AtomicInteger();
                    return new InMemoryAvatarProvider(farm, capabilities) {
                        @Override
                        public ProviderCapabilities capabilities() {
                            return ProviderCapabilities.builder()
                                    .paid(asked.getAndIncrement() > 0)
                                    .build();
                        }
                    };
                }),
                Defect.of(
                        "renders to see whether it could",
                        "probeAsksForNoJob",
                        (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
                            @Override
                            public Mono<Map<String, Object>> probe() {
                                MediaSource medium = MediaSource.url(URI.create("https://example.com/probe"));
                                return submit(AvatarRequest.of(medium, medium)).map(job -> Map.of("job", job.id()));
                            }
                        }),
                Defect.of(
                        "mixes the pieces up",
                        "videoIsDownloadedWholeAndInOrder",
                        (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
                            @Override
                            public Flux<ByteBuffer> download(AvatarVideo video) {
                                return super.download(video).sort((first, second) -> -1);
                            }
                        }),
                Defect.of(
                        "gives what it has read before",
                        "videoCanBeDownloadedTwice",
                        (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
                            @Override
                            public Flux<ByteBuffer> download(AvatarVideo video) {
                                return super.download(video).cache();
                            }
                        }),
                Defect.of(
                        "gives an empty video for a lost one",
                        "downloadOfAVideoThatIsGoneFails",
                        (farm, capabilities) -> new InMemoryAvatarProvider(farm, capabilities) {
                            @Override
                            public Flux<ByteBuffer> download(AvatarVideo video) {
                                return super.download(video).onErrorComplete();
                            }
                        }));
    }
}
