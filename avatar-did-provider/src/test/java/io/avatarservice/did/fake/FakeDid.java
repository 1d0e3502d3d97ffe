package io.avatarservice.did.fake;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A D-ID to test against, over HTTP. Where D-ID's behavior is not known, a switch chooses the variant. As a JUnit
 * extension in a static field it runs for the whole class, in an instance field for each test, and forgets everything
 * before each test; without JUnit, {@link #start()} and {@link #stop()} do.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FakeDid DID = new FakeDid();
 *
 * DidAvatarProvider.builder(() -> FakeDid.API_KEY).baseUrl(DID.baseUrl()).build();
 * }</pre>
 *
 * <p>Safe for use by many threads, and keeps no journal of requests: thousands of concurrent renders are fine.
 */
public final class FakeDid
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    /** The key that is accepted, verbatim behind {@code Basic}. */
    public static final String API_KEY = "ZmFrZUBleGFtcGxlLmNvbQ:fake-secret-of-d-id";

    /** The secret part of every signed address that is given out. */
    public static final String SIGNATURE = "fake-signature-of-d-id";

    private final Clock clock;
    private volatile FakeDidServer did;
    private @Nullable WireMockServer server;
    private boolean forWholeClass;

    /** A D-ID that lives in the present. */
    public FakeDid() {
        this(Clock.systemUTC());
    }

    /** A D-ID whose signatures and time stamps follow a clock. */
    public FakeDid(Clock clock) {
        this.clock = clock;
        this.did = new FakeDidServer(clock);
    }

    /** Starts to listen, on a free port. Does nothing if it already does. */
    public synchronized FakeDid start() {
        if (server == null) {
            server = new WireMockServer(WireMockConfiguration.wireMockConfig()
                    .dynamicPort()
                    .containerThreads(64)
                    .jettyAcceptQueueSize(2_000)
                    .asynchronousResponseEnabled(true)
                    .asynchronousResponseThreads(16)
                    .disableRequestJournal()
                    .extensions(new Current()));
            server.stubFor(any(anyUrl()).willReturn(ok()));
            server.start();
        }
        return this;
    }

    /** Stops to listen. Does nothing if it does not. */
    public synchronized void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Forgets every talk, upload, counter, script and switch. */
    public FakeDid reset() {
        did = new FakeDidServer(clock);
        return this;
    }

    /** Where it listens. */
    public synchronized URI baseUrl() {
        return URI.create(Objects.requireNonNull(server, "not started").baseUrl());
    }

    /**
     * The way of the coming talks: the first status answers the submit, each look moves on by one, the last one stays. A
     * last status other than {@code done}, {@code error} and {@code rejected} makes talks that never end.
     */
    public FakeDid statuses(String first, String... more) {
        did.account.statuses =
                Stream.concat(Stream.of(first), Arrays.stream(more)).toList();
        return this;
    }

    /** How the next talk ends in place of the last of {@link #statuses}; several calls line up. */
    public FakeDid nextTalkEndsWith(String status) {
        did.account.nextTalkEndsWith(Ending.of(status));
        return this;
    }

    /** The next talk ends in this error; several calls line up. */
    public FakeDid nextTalkFails(String kind, String description) {
        did.account.nextTalkEndsWith(new Ending("error", kind, description));
        return this;
    }

    /** What goes wrong from now on. */
    public FakeDid faults(FaultPlan faults) {
        did.faults = faults;
        return this;
    }

    /** Whether lists show {@code user_data} and {@code name} of their talks; they do unless told otherwise. */
    public FakeDid listCarriesUserData(boolean carries) {
        did.listCarriesUserData = carries;
        return this;
    }

    /** Whether a single talk shows its {@code user_data} and {@code name}; it does unless told otherwise. */
    public FakeDid talkCarriesUserData(boolean carries) {
        did.talkCarriesUserData = carries;
        return this;
    }

    /** How many lists pass over each coming talk before one shows it; 0 unless told otherwise. */
    public FakeDid talksHiddenFromLists(int lists) {
        did.account.hiddenFromLists = lists;
        return this;
    }

    /** Whether the error of a talk is a text in place of an object; an object unless told otherwise. */
    public FakeDid errorsAsText(boolean text) {
        did.errorsAsText = text;
        return this;
    }

    /** Whether refusals have the gateway's body in place of D-ID's error object; the object unless told otherwise. */
    public FakeDid gatewayErrors(boolean gateway) {
        did.gatewayErrors = gateway;
        return this;
    }

    /** Whether a submit with fields that are not documented is refused; it is unless told otherwise. */
    public FakeDid refusesUnknownFields(boolean refuses) {
        did.refusesUnknownFields = refuses;
        return this;
    }

    /** Whether the account may stitch; it may unless told otherwise. */
    public FakeDid stitchPermitted(boolean permitted) {
        did.stitchPermitted = permitted;
        return this;
    }

    /** Whether each look signs the video's address anew, for 24 h; if not, that is counted from the talk's end. */
    public FakeDid signsAnew(boolean anew) {
        did.signsAnew = anew;
        return this;
    }

    /** What is left on the account; without any, submits are refused. */
    public FakeDid credits(double remaining, double total) {
        did.account.creditsRemaining = remaining;
        did.account.creditsTotal = total;
        return this;
    }

    /** The account is of a kind that has no credits; submits are accepted. */
    public FakeDid noCreditsObject() {
        did.account.creditsRemaining = null;
        return this;
    }

    /** How many talks were accepted, whether or not the client got to know. */
    public int talksCreated() {
        return did.account.talks().size();
    }

    /** How many accepted talks end in a video, whoever looks: those are charged. */
    public int talksBilled() {
        return (int) did.account.talks().stream().filter(ScriptedTalk::billed).count();
    }

    /** Every accepted talk, deleted ones included, in the order of the submits. */
    public List<FakeTalk> talks() {
        return did.account.talks().stream().map(ScriptedTalk::snapshot).toList();
    }

    /** The file that a talk ends in. */
    public static byte[] video(String talkId) {
        return FakeVideo.of(talkId);
    }

    /** Every accepted upload, deleted ones included. */
    public List<FakeUpload> uploads() {
        return did.account.uploads();
    }

    /** How many calls of an operation have come, failed ones included. */
    public int calls(Operation operation) {
        return did.calls(operation);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forWholeClass = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
        reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forWholeClass) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** The server outlives a reset, what it serves does not. */
    private final class Current implements ResponseDefinitionTransformerV2 {

        @Override
        public String getName() {
            return "fake-d-id";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return did.answer(event.getRequest());
        }
    }
}
