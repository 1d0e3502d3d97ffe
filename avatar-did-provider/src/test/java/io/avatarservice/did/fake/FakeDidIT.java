package io.avatarservice.did.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other tests rely on. */
class FakeDidIT {

    private static final String SUBMIT = """
            {"source_url": "https://media.example.com/p.png",
             "script": {"type": "audio", "audio_url": "https://media.example.com/s.wav"},
             "name": "%1$s", "user_data": "%1$s"}
            """;

    @RegisterExtension
    static final FakeDid DID = new FakeDid();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void talkGoesItsScriptedWay() throws Exception {
        DID.statuses("created", "started", "done");

        assertThat(send("POST", "/talks", SUBMIT.formatted("a")).body()).contains("\"created\"");
        assertThat(send("GET", "/talks/tlk_00000001", "").body()).contains("\"started\"");
        assertThat(send("GET", "/talks/tlk_00000001", "").body()).contains("\"done\"", FakeDid.SIGNATURE);
    }

    @Test
    void answerGetsLostAfterTheTalkWasAccepted() throws Exception {
        DID.faults(FaultPlan.listed(Operation.SUBMIT, Fault.statusAfterAccepting(504), Fault.status(503)));

        assertThat(send("POST", "/talks", SUBMIT.formatted("a")).statusCode()).isEqualTo(504);
        assertThat(send("POST", "/talks", SUBMIT.formatted("b")).statusCode()).isEqualTo(503);
        assertThat(DID.talks()).extracting(FakeTalk::userData).containsExactly("a");
    }

    @Test
    void thousandConcurrentSubmitsAreAllCounted() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 1_000)
                .mapToObj(i -> http.sendAsync(
                        request("POST", "/talks", SUBMIT.formatted("order-" + i)),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
        assertThat(DID.talks())
                .extracting(FakeTalk::userData)
                .doesNotHaveDuplicates()
                .hasSize(1_000);
        assertThat(DID.talksBilled()).isEqualTo(1_000);
    }

    @Test
    void wrongKeyIsTheGatewaysBusiness() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(DID.baseUrl().resolve("/credits"))
                        .header("Authorization", "Basic wrong")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("explicit deny");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String method, String path, String body) {
        URI url = DID.baseUrl().resolve(path);
        return HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + FakeDid.API_KEY)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }
}
