package io.avatarservice.did;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.avatarservice.did.Samples.ADDRESSES;
import static io.avatarservice.did.Samples.JOB;
import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.SPEECH;
import static io.avatarservice.did.Samples.UPLOAD;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.MediaSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whatever goes wrong, no key, body or signed address is told to anybody. */
class DidSecretsIT extends DidContract {

    /** As the key, as what other people repeat of it, and as signatures. */
    private static final String SECRET = "c1gn3d-s3cr3t";

    private static final String URL = "https://media.example.com/a.png?Signature=" + SECRET;
    private static final String LEAKY_HEADER =
            "Invalid key=value pair in Authorization header: 'Basic u:" + SECRET + "'";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.avatarservice");
    private final Logger everybody = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = everybody.getLevel();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @BeforeEach
    void listen() {
        log.start();
        everybody.addAppender(log);
        everybody.setLevel(Level.INFO);
        ours.setLevel(Level.TRACE);
        apiKey = "user:" + SECRET;
    }

    @AfterEach
    void stopListening() {
        everybody.detachAppender(log);
        everybody.setLevel(before);
        ours.setLevel(null);
        time.dispose();
    }

    static Stream<Arguments> answers() {
        List<ResponseDefinitionBuilder> bodies = List.of(
                json(200, "{\"message\": \"" + LEAKY_HEADER + "\"}"),
                json(200, "{\"Message\": \"" + LEAKY_HEADER + "\"}"),
                json(200, "{\"kind\": \"BadRequestError\", \"description\": \"invalid actor url " + URL + "\"}"),
                json(200, "{\"kind\": \"" + SECRET + "\", \"description\": \"" + SECRET + "\"}"),
                json(200, "{\"kind\": [\"" + SECRET + "\"]}"),
                json(200, SECRET),
                aResponse().withHeader("Content-Type", "text/html").withBody("<h1>" + SECRET + "</h1>"));
        Stream<Arguments> refusals = IntStream.of(
                        200, 201, 302, 400, 401, 402, 403, 404, 409, 415, 429, 451, 500, 502, 503, 504)
                .boxed()
                .flatMap(status -> bodies.stream()
                        .map(body ->
                                ResponseDefinitionBuilder.like(body.build()).withStatus(status)))
                .map(Arguments::of);
        Stream<Arguments> faults =
                Stream.of(Fault.values()).map(fault -> Arguments.of(aResponse().withFault(fault)));
        Stream<Arguments> talks = Stream.of(
                        "{\"id\": \"tlk_A1b2C3\", \"status\": \"" + SECRET + "\"}",
                        "{\"id\": \"tlk_A1b2C3\", \"status\": \"done\", \"result_url\": \"s3://b/a?" + SECRET + "\"}",
                        "{\"id\": \"tlk_A1b2C3\", \"status\": \"done\", \"result_url\": \"ht tp://b/a?" + SECRET
                                + "\"}",
                        "{\"id\": \"tlk_A1b2C3\", \"status\": \"error\", \"error\": \"cannot read " + URL + "\"}",
                        "{\"id\": \"tlk_A1b2C3\", \"status\": \"error\", \"error\": {\"kind\": \"" + SECRET + "\"}}",
                        "{\"id\": \"tlk_A1b2C3\", \"status\": \"rejected\", \"message\": \"" + URL + "\"}",
                        wire("talk-done").replace("signed-result", SECRET))
                .map(body -> Arguments.of(okJson(body)));
        return Stream.of(refusals, faults, talks).flatMap(answers -> answers);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void nothingIsTold(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
        SERVER.stubFor(get(urlPathMatching("/gone.*")).willReturn(aResponse().withStatus(403)));

        List<String> told = new ArrayList<>();
        exchange(told);
        log.list.forEach(event -> {
            told.add(event.getFormattedMessage());
            told.add(event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
        });

        assertThat(told).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }

    /** Every call, against the same answer. */
    private void exchange(List<String> told) {
        DidAvatarProvider did = builder(SERVER.baseUrl()).build();
        DidAvatarProvider hasty = builder(SERVER.baseUrl()).scheduler(time).build();
        AvatarRequest fetched = AvatarRequest.of(
                MediaSource.url(URI.create(SERVER.baseUrl() + "/gone?Signature=" + SECRET)), MediaSource.bytes(SPEECH));
        List<Publisher<?>> calls = List.of(
                did.submit(ADDRESSES.toBuilder()
                        .webhook(URI.create("https://app.example.com/" + SECRET))
                        .build()),
                did.submit(UPLOAD),
                did.submit(fetched),
                did.find(JOB),
                did.cancel(JOB),
                did.download(video("/gone.mp4", Duration.ofHours(20))),
                did.download(video("/a.mp4", Duration.ofHours(20))),
                did.download(video("/a.mp4", Duration.ZERO)),
                did.probe());
        for (Publisher<?> call : calls) {
            settle(call, told);
        }
        Flux<AvatarJob> reconciled = Flux.from(hasty.reconcile(ADDRESSES));
        Flux<Long> clock = Flux.interval(Duration.ofMillis(5), Schedulers.parallel())
                .doOnNext(tick -> time.advanceTimeBy(Duration.ofSeconds(1)));
        settle(reconciled.takeUntilOther(clock.ignoreElements()), told);
    }

    private static void settle(Publisher<?> call, List<String> told) {
        Flux.from(call)
                .doOnNext(value -> told.add(value.toString()))
                .doOnError(failure -> {
                    told.add(failure.toString());
                    told.add(Throwables.getStackTrace(failure));
                })
                .onErrorComplete()
                .then()
                .block(PATIENCE);
    }

    private static AvatarVideo video(String path, Duration left) {
        return AvatarVideo.builder(
                        DidAvatarProvider.ID, JOB, URI.create(SERVER.baseUrl() + path + "?Signature=" + SECRET))
                .expiresAt(NOW.plus(left))
                .build();
    }
}
