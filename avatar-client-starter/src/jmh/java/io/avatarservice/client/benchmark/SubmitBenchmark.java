package io.avatarservice.client.benchmark;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.client.fake.WireFiles;
import io.avatarservice.client.sadtalker.SadTalkerAvatarProvider;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A submit through the client, and the same request by hand: same server, same body, answer read as JSON in both. The
 * difference is what breakers, retries, deadlines and the model of the SPI cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 6, time = 2)
public class SubmitBenchmark {

    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post(
                    "/v1/jobs",
                    (request, response) -> request.receive()
                            .then(response.status(202)
                                    .header("Content-Type", "application/json")
                                    .sendString(Mono.just(WireFiles.text("job-queued")))
                                    .then())))
            .bindNow();

    private final URI baseUrl = URI.create("http://127.0.0.1:" + server.port());
    private final WebClient http = WebClient.create(baseUrl.toString());
    private final AvatarClient avatars =
            AvatarClient.builder(SadTalkerAvatarProvider.builder(baseUrl).build()).build();
    private final Map<String, Object> body = Map.of(
            "image_url", "https://media.example.com/portrait.png",
            "audio_url", "https://media.example.com/speech.wav",
            "driver", "preview",
            "options", Map.of("seed", 7));
    private final AvatarRequest request = AvatarRequest.builder(
                    MediaSource.url(URI.create("https://media.example.com/portrait.png")),
                    MediaSource.url(URI.create("https://media.example.com/speech.wav")))
            .driver("preview")
            .option("seed", 7)
            .build();

    /** Fails at once where one of the two would be measured failing. */
    @Setup
    public void bothWork() {
        if (bareWebClient() == null || avatarClient() == null) {
            throw new IllegalStateException("a submit had no answer");
        }
    }

    @TearDown
    public void stop() {
        server.disposeNow();
    }

    @Benchmark
    public @Nullable Map<String, Object> bareWebClient() {
        return http.post()
                .uri("/v1/jobs")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .retrieve()
                .bodyToMono(JSON)
                .block();
    }

    @Benchmark
    public @Nullable AvatarJob avatarClient() {
        return avatars.submit(request).block();
    }
}
