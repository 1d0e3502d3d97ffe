package io.avatarservice.server.media;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.avatarservice.server.fetch.AllowedHost;
import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.fetch.FetchProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFetcherIT {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final MediaFetcher fetcher = fetcher(Map.of("fetch.max-redirects", "3"));

    @TempDir
    Path directory;

    @Test
    void downloadsAFile() {
        SERVER.stubFor(get("/portrait").willReturn(ok("pixels")));

        fetcher.fetch(url("/portrait"), target(), 6, "image_url");

        assertThat(target()).hasContent("pixels");
    }

    @Test
    void followsRedirects() {
        SERVER.stubFor(get("/moved").willReturn(temporaryRedirect("/portrait?signed=1")));
        SERVER.stubFor(get(urlEqualTo("/portrait?signed=1")).willReturn(ok("pixels")));

        fetcher.fetch(url("/moved"), target(), 100, "image_url");

        assertThat(target()).hasContent("pixels");
    }

    @Test
    void refusesEndlessRedirects() {
        SERVER.stubFor(get("/loop").willReturn(temporaryRedirect("/loop")));

        assertRefused(url("/loop"), ProblemCode.INVALID_REQUEST).withMessageContaining("redirects more than 3 times");
    }

    @Test
    void refusesRedirectsToOtherSchemes() {
        SERVER.stubFor(get("/away").willReturn(temporaryRedirect("file:///etc/passwd")));

        assertRefused(url("/away"), ProblemCode.INVALID_REQUEST).withMessageContaining("http:// or https://");
    }

    @Test
    void sendsNothingButTheRequest() {
        SERVER.stubFor(get("/portrait").willReturn(ok("pixels").withHeader("Set-Cookie", "id=1")));
        SERVER.stubFor(get("/moved").willReturn(temporaryRedirect("/portrait").withHeader("Set-Cookie", "id=2")));

        fetcher.fetch(url("/moved"), target(), 100, "image_url");

        assertThat(SERVER.getAllServeEvents())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getRequest().getAllHeaderKeys())
                        .containsExactlyInAnyOrder("Accept", "Host", "User-Agent"));
    }

    @Test
    void countsCompressedBytesAsTheyAre() {
        SERVER.stubFor(get("/bomb").willReturn(ok("as sent").withHeader("Content-Encoding", "gzip")));

        fetcher.fetch(url("/bomb"), target(), 100, "image_url");

        assertThat(target()).hasContent("as sent");
    }

    @Test
    void refusesAnErrorStatus() {
        SERVER.stubFor(get("/nowhere").willReturn(notFound()));

        assertRefused(url("/nowhere"), ProblemCode.INVALID_REQUEST).withMessageContaining("HTTP status 404");
    }

    @Test
    void refusesMoreBytesThanTheLimit() {
        SERVER.stubFor(get("/large").willReturn(ok("x".repeat(101))));

        assertRefused(url("/large"), ProblemCode.PAYLOAD_TOO_LARGE).withMessageContaining("limit of 100 bytes");
    }

    @Test
    void refusesAServerThatStaysSilent() {
        SERVER.stubFor(get("/slow").willReturn(ok("late").withFixedDelay(5000)));
        MediaFetcher impatient = fetcher(Map.of("fetch.read-timeout", "300ms"));

        assertRefused(impatient, url("/slow"), ProblemCode.INVALID_REQUEST)
                .withMessageContaining("sent nothing for 300 ms");
    }

    @Test
    void refusesADownloadThatDripsForever() {
        SERVER.stubFor(get("/drip").willReturn(ok("x".repeat(50)).withChunkedDribbleDelay(50, 5000)));
        MediaFetcher impatient = fetcher(Map.of("fetch.total-timeout", "900ms"));

        assertRefused(impatient, url("/drip"), ProblemCode.INVALID_REQUEST).withMessageContaining("limit of 900 ms");
    }

    @Test
    void refusesABrokenConnection() {
        SERVER.stubFor(get("/broken").willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));

        assertRefused(url("/broken"), ProblemCode.INVALID_REQUEST).withMessageContaining("could not be downloaded");
    }

    @Test
    void refusesAnUnknownHost() {
        assertRefused("http://nowhere.invalid/portrait.png", ProblemCode.INVALID_REQUEST)
                .withMessage("image_url: the host of the URL is unknown");
    }

    @Test
    void refusesAHostThatDoesNotListen() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertRefused("http://localhost:" + free + "/portrait.png", ProblemCode.INVALID_REQUEST)
                .withMessage("image_url: the host of the URL does not accept connections");
    }

    @Test
    void refusesABodyThatEndsEarly() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> sendHalf(socket));
            server.start();

            assertRefused("http://localhost:%d/half".formatted(socket.getLocalPort()), ProblemCode.INVALID_REQUEST);
            server.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.org/a",
                "portrait.png",
                "http:///a",
                "http://user:secret@localhost/a",
                "http://exa mple/secret",
                "",
            })
    void refusesWhatIsNotAPlainHttpUrl(String url) {
        assertRefused(url, ProblemCode.INVALID_REQUEST)
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("secret"));
    }

    private static MediaFetcher fetcher(Map<String, String> properties) {
        FetchProperties loopback = new FetchProperties(
                List.of(AllowedHost.valueOf("localhost"), AllowedHost.valueOf("nowhere.invalid")), List.of(), Set.of());
        return new MediaFetcher(
                new FetchGuard(loopback), TestMediaProperties.with(properties).fetch());
    }

    private ThrowableAssertAlternative<ProblemException> assertRefused(String url, ProblemCode code) {
        return assertRefused(fetcher, url, code);
    }

    private ThrowableAssertAlternative<ProblemException> assertRefused(
            MediaFetcher fetching, String url, ProblemCode code) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> fetching.fetch(url, target(), 100, "image_url"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("image_url"))
                .satisfies(problem -> assertThat(target()).doesNotExist());
    }

    private static void sendHalf(ServerSocket socket) {
        try (Socket connection = socket.accept();
                OutputStream output = connection.getOutputStream()) {
            connection.getInputStream().read(new byte[16]);
            output.write("HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\nonly this".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path target() {
        return directory.resolve("download");
    }

    private static String url(String path) {
        return SERVER.baseUrl() + path;
    }
}
