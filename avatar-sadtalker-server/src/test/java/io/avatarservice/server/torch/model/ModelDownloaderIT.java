package io.avatarservice.server.torch.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelDownloaderIT {

    private static final byte[] CONTENT = TestModels.content(Model.FAN);
    private static final String PATH = "/fan.safetensors";
    private static final String VERIFY = "avatar.models.verify";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final List<String> events = new ArrayList<>();
    private final DownloadListener listener = new RecordingListener(events);

    @TempDir
    Path directory;

    private Path folder = Path.of("");
    private ModelFile file = TestModels.file(Model.FAN, "http://localhost" + PATH);

    @BeforeEach
    void describe() {
        folder = directory.resolve("gfpgan/weights");
        file = TestModels.file(Model.FAN, SERVER.baseUrl() + PATH);
    }

    @Test
    void downloadsIntoSadTalkersLayout() {
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));

        ModelStatus status = download(Map.of());

        assertThat(status.state()).isEqualTo(ModelState.OFFICIAL);
        assertThat(status.path()).isEqualTo(folder.resolve("fan.safetensors")).hasBinaryContent(CONTENT);
        assertThat(events).contains("started at 0 of 100010", "progress 100010 of 100010");
        assertNothingElseIsThere("fan.safetensors");
    }

    @Test
    void followsTheRedirectsOfReleases() {
        SERVER.stubFor(get(PATH).willReturn(temporaryRedirect("/storage?signature=secret")));
        SERVER.stubFor(get(urlEqualTo("/storage?signature=secret")).willReturn(body(CONTENT)));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
        assertThat(events).noneMatch(event -> event.contains("secret"));
    }

    @Test
    void givesUpOnEndlessRedirects() {
        SERVER.stubFor(get(PATH).willReturn(temporaryRedirect(PATH)));

        assertFails(Map.of()).withMessageContaining("redirects more than 5 times");
    }

    @Test
    void continuesWhatAnEarlierAttemptLeft() throws IOException {
        leave(Arrays.copyOf(CONTENT, 40_000), "\"v1\"");
        SERVER.stubFor(get(PATH)
                .withHeader("Range", equalTo("bytes=40000-"))
                .withHeader("If-Range", equalTo("\"v1\""))
                .willReturn(rest(40_000, "\"v1\"")));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
        assertThat(folder.resolve("fan.safetensors")).hasBinaryContent(CONTENT);
        assertThat(events).contains("started at 40000 of 100010");
        assertNothingElseIsThere("fan.safetensors");
    }

    @Test
    void startsAgainWhereTheFileHasChangedOnTheServer() throws IOException {
        leave(new byte[40_000], "\"old\"");
        SERVER.stubFor(get(PATH).withHeader("If-Range", equalTo("\"old\"")).willReturn(body(CONTENT)));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
        assertThat(events).contains("started at 0 of 100010");
    }

    @Test
    void startsAgainWhereThePartsDoNotFitTogether() throws IOException {
        leave(new byte[40_000], "\"v1\"");
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));
        SERVER.stubFor(get(PATH).withHeader("Range", equalTo("bytes=40000-")).willReturn(rest(40_000, "\"v1\"")));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
        assertThat(events).contains("retrying: the parts of the file do not fit together");
    }

    @Test
    void startsAgainWhereTheServerHasLessThanIsThere() throws IOException {
        leave(Arrays.copyOf(CONTENT, 40_000), "\"v1\"");
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));
        SERVER.stubFor(get(PATH)
                .withHeader("Range", equalTo("bytes=40000-"))
                .willReturn(aResponse().withStatus(416)));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
    }

    @Test
    void doesNotContinueWhatNoServerCouldRecognize() throws IOException {
        leave(Arrays.copyOf(CONTENT, 40_000), null);
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
        SERVER.verify(getRequestedFor(urlEqualTo(PATH)).withoutHeader("Range"));
    }

    @Test
    void continuesAConnectionThatEndsEarly() {
        SERVER.stubFor(get(PATH)
                .willReturn(body(Arrays.copyOf(CONTENT, 30_000), CONTENT.length).withHeader("ETag", "\"v1\"")));
        SERVER.stubFor(get(PATH).withHeader("Range", equalTo("bytes=30000-")).willReturn(rest(30_000, "\"v1\"")));

        assertThat(download(Map.of("avatar.models.download.read-timeout", "1s")).state())
                .isEqualTo(ModelState.OFFICIAL);
        assertThat(folder.resolve("fan.safetensors")).hasBinaryContent(CONTENT);
        assertThat(events).anyMatch(event -> event.startsWith("retrying: "));
    }

    @Test
    void triesAgainAfterAnErrorOfTheServer() {
        SERVER.stubFor(get(PATH)
                .inScenario("recovers")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(serverError())
                .willSetStateTo("recovered"));
        SERVER.stubFor(get(PATH)
                .inScenario("recovers")
                .whenScenarioStateIs("recovered")
                .willReturn(body(CONTENT)));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
        assertThat(events).contains("retrying: HTTP status 500");
    }

    @Test
    void givesUpAfterTheConfiguredAttempts() {
        SERVER.stubFor(get(PATH).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertFails(Map.of("avatar.models.download.retries", "2"))
                .withMessageContaining("the connection broke")
                .withMessageContaining("put the file into " + folder + " by hand");
        SERVER.verify(3, getRequestedFor(urlEqualTo(PATH)));
        assertNothingElseIsThere();
    }

    @Test
    void keepsWhatHasArrivedForTheNextTime() {
        SERVER.stubFor(get(PATH)
                .willReturn(body(Arrays.copyOf(CONTENT, 30_000), CONTENT.length).withHeader("ETag", "\"v1\"")));

        assertFails(Map.of("avatar.models.download.read-timeout", "500ms", "avatar.models.download.retries", "0"));

        assertThat(folder.resolve("fan.safetensors.part")).hasSize(30_000);
    }

    @Test
    void asksOnceForAFileThatIsNotThere() {
        SERVER.stubFor(get(PATH).willReturn(notFound()));

        assertFails(Map.of()).withMessageContaining(SERVER.baseUrl() + PATH + ": HTTP status 404");
        SERVER.verify(1, getRequestedFor(urlEqualTo(PATH)));
        assertNothingElseIsThere();
    }

    @Test
    void saysThatAWebPageCame() {
        SERVER.stubFor(get(PATH).willReturn(ok("<html>sign in</html>").withHeader("Content-Type", "text/html")));

        assertFails(Map.of()).withMessageContaining("answers with a web page");
        assertNothingElseIsThere();
    }

    @Test
    void saysThatAWebPageCameUnderAnotherType() {
        SERVER.stubFor(get(PATH).willReturn(body("<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII))));

        assertFails(Map.of()).withMessageContaining("the file there is a web page");
        assertNothingElseIsThere();
    }

    @Test
    void saysThatAPointerCame() {
        byte[] pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0".getBytes(StandardCharsets.US_ASCII);
        SERVER.stubFor(get(PATH).willReturn(body(pointer)));

        assertFails(Map.of()).withMessageContaining("the file there is a Git LFS pointer");
        assertNothingElseIsThere();
    }

    @Test
    void refusesAFileThatIsCutOffAtItsSource() {
        SERVER.stubFor(get(PATH).willReturn(body(Arrays.copyOf(CONTENT, 90_000)).withHeader("ETag", "\"v1\"")));

        assertFails(Map.of()).withMessageContaining("has 90,000 bytes; the published one has 100,010");
        assertNothingElseIsThere();
    }

    @Test
    void takesAFineTunedFileAndSaysSo() {
        SERVER.stubFor(get(PATH).willReturn(body(fineTuned())));

        ModelStatus status = download(Map.of());

        assertThat(status.state()).isEqualTo(ModelState.UNOFFICIAL);
        assertThat(status.detail()).contains("its SHA-256 is", file.sha256());
        assertThat(folder.resolve("fan.safetensors")).hasBinaryContent(fineTuned());
    }

    @Test
    void refusesAFineTunedFileInStrictMode() {
        SERVER.stubFor(get(PATH).willReturn(body(fineTuned()).withHeader("ETag", "\"v1\"")));

        assertFails(Map.of(VERIFY, "strict"))
                .withMessageContaining("its SHA-256 is")
                .withMessageContaining("avatar.models.verify=strict");
        assertNothingElseIsThere();
    }

    @Test
    void goesOnToTheNextMirrorAndToTheOfficialAddressLast() {
        SERVER.stubFor(get("/a" + PATH).willReturn(notFound()));
        SERVER.stubFor(get(urlEqualTo("/b?name=fan.safetensors&key=secret")).willReturn(body(fineTuned())));
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));
        String mirrors = SERVER.baseUrl() + "/a," + SERVER.baseUrl() + "/b?name={file}&key=secret";

        assertThat(download(Map.of("avatar.models.mirrors", mirrors, VERIFY, "strict"))
                        .state())
                .isEqualTo(ModelState.OFFICIAL);
        assertThat(events)
                .filteredOn(event -> event.startsWith("failed"))
                .hasSize(2)
                .noneMatch(event -> event.contains("secret"));
    }

    @Test
    void copiesFromAMirrorOnThisMachine(@TempDir Path mirror) throws IOException {
        Files.write(mirror.resolve("fan.safetensors"), CONTENT);

        assertThat(download(Map.of("avatar.models.mirrors", mirror.toUri().toString()))
                        .state())
                .isEqualTo(ModelState.OFFICIAL);
        assertNothingElseIsThere("fan.safetensors");
    }

    @Test
    void saysWhatToDoOffline() {
        file = TestModels.file(Model.FAN, "https://nowhere.invalid" + PATH);

        assertFails(Map.of())
                .withMessageContaining("https://nowhere.invalid" + PATH + ": the host is unknown")
                .withMessageContaining("put the file into " + folder + " by hand");
    }

    @Test
    void doesNotStartWhatTheDiskCannotTake() {
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));
        ModelDownloader downloader = new ModelDownloader(TestModels.properties(directory, Map.of()), path -> 1_000_000);

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> downloader.download(file, listener))
                .withMessageContaining("has only 1 MB left");
        assertNothingElseIsThere();
    }

    @Test
    void replacesADamagedFile() {
        TestModels.install(Model.FAN, directory, "<html>".getBytes(StandardCharsets.US_ASCII));
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT)));

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.OFFICIAL);
    }

    @Test
    void findsThatAnotherProcessHasDownloadedTheFileMeanwhile() {
        TestModels.install(Model.FAN, directory);

        assertThat(download(Map.of()).state()).isEqualTo(ModelState.PRESENT);
        SERVER.verify(0, getRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void downloadsOnceForTwoCallers() throws Exception {
        SERVER.stubFor(get(PATH).willReturn(body(CONTENT).withFixedDelay(200)));
        ModelDownloader downloader = new ModelDownloader(TestModels.properties(directory, Map.of()));
        CountDownLatch both = new CountDownLatch(2);

        List<CompletableFuture<ModelStatus>> downloads = List.of(1, 2).stream()
                .map(caller -> CompletableFuture.supplyAsync(() -> {
                    both.countDown();
                    return downloader.download(file, listener);
                }))
                .toList();

        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        for (CompletableFuture<ModelStatus> download : downloads) {
            assertThat(download.get(10, TimeUnit.SECONDS).path()).hasBinaryContent(CONTENT);
        }
        SERVER.verify(1, getRequestedFor(urlEqualTo(PATH)));
    }

    private ModelStatus download(Map<String, String> properties) {
        return new ModelDownloader(TestModels.properties(directory, properties)).download(file, listener);
    }

    private ThrowableAssertAlternative<ModelException> assertFails(Map<String, String> properties) {
        return assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> download(properties))
                .withMessageContaining("fan.safetensors could not be downloaded");
    }

    private void assertNothingElseIsThere(String... names) {
        List<String> expected = new ArrayList<>(List.of(names));
        expected.add(".lock");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void leave(byte[] bytes, @Nullable String validator) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("fan.safetensors.part"), bytes);
        if (validator != null) {
            Files.writeString(folder.resolve("fan.safetensors.part.validator"), validator);
        }
    }

    private static ResponseDefinitionBuilder body(byte[] content) {
        return body(content, content.length);
    }

    private static ResponseDefinitionBuilder body(byte[] content, int announced) {
        return ok().withBody(content)
                .withHeader("Content-Type", "application/octet-stream")
                .withHeader("Content-Length", Integer.toString(announced));
    }

    private static ResponseDefinitionBuilder rest(int from, String tag) {
        return aResponse()
                .withStatus(206)
                .withHeader("ETag", tag)
                .withHeader("Content-Range", "bytes %d-%d/%d".formatted(from, CONTENT.length - 1, CONTENT.length))
                .withBody(Arrays.copyOfRange(CONTENT, from, CONTENT.length));
    }

    /** A checkpoint of the same size with one other weight. */
    private static byte[] fineTuned() {
        byte[] content = CONTENT.clone();
        content[content.length - 1]++;
        return content;
    }

    private record RecordingListener(List<String> events) implements DownloadListener {

        @Override
        public void started(ModelFile file, String address, long done, long total) {
            events.add("started at %d of %d".formatted(done, total));
        }

        @Override
        public void progress(long done, long total) {
            events.add("progress %d of %d".formatted(done, total));
        }

        @Override
        public void retrying(String reason, Duration delay) {
            events.add("retrying: " + reason);
        }

        @Override
        public void failed(String address, String reason) {
            events.add("failed %s: %s".formatted(address, reason));
        }
    }
}
