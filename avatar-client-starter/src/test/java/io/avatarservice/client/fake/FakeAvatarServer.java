package io.avatarservice.client.fake;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.avatarservice.client.fake.ScriptedJob.Ending;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
 * An Avatar Service server to test against, over HTTP. It answers with the bodies of {@link WireFiles}, which the real
 * server is held to. As a JUnit extension in a static field it runs for the whole class, in an instance field for each
 * test, and forgets everything before each test; without JUnit, {@link #start()} and {@link #stop()} do.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FakeAvatarServer SERVER = new FakeAvatarServer();
 *
 * SadTalkerAvatarProvider.builder(SERVER.baseUrl()).build();
 * }</pre>
 *
 * <p>Safe for use by many threads, and keeps no journal of requests: thousands of concurrent renders are fine.
 */
public final class FakeAvatarServer
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    /** What every finished video consists of. */
    public static final String VIDEO = "ftyp, moov and mdat, as far as anybody here can tell";

    /** The secret part of the addresses of videos. */
    public static final String SIGNATURE = "fake-signature-of-the-server";

    private volatile FakeApi api = new FakeApi();
    private @Nullable WireMockServer server;
    private boolean forWholeClass;

    /** Starts to listen, on a free port. Does nothing if it already does. */
    public synchronized FakeAvatarServer start() {
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

    /** Forgets every job, counter and script. */
    public FakeAvatarServer reset() {
        api = new FakeApi();
        return this;
    }

    /** Where it listens. */
    public synchronized URI baseUrl() {
        return URI.create(Objects.requireNonNull(server, "not started").baseUrl());
    }

    /** The video's content, of every job. */
    public static byte[] video() {
        return VIDEO.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The way of the coming jobs: the first status answers the submit, each look moves on by one, the last one stays. A
     * last status other than {@code completed}, {@code error} and {@code cancelled} makes jobs that never end.
     */
    public FakeAvatarServer statuses(String first, String... more) {
        api.statuses = Stream.concat(Stream.of(first), Arrays.stream(more)).toList();
        return this;
    }

    /** How the next job ends in place of the last of {@link #statuses}; several calls line up. */
    public FakeAvatarServer nextJobEndsWith(String status) {
        api.endings.add(Ending.of(status));
        return this;
    }

    /** The next job ends in this error; several calls line up. */
    public FakeAvatarServer nextJobFails(String code, String message) {
        api.endings.add(new Ending("error", code, message));
        return this;
    }

    /** What goes wrong from now on. The kind of a fault is the code of the problem that it is answered with. */
    public FakeAvatarServer faults(FaultPlan faults) {
        api.faults = faults;
        return this;
    }

    /** How many jobs were made, whether or not the client got to know. */
    public int jobsCreated() {
        return api.jobs().size();
    }

    /** Every job, in the order of the submits. */
    public List<FakeJob> jobs() {
        return api.jobs();
    }

    /** How many calls of an operation have come, failed ones included. */
    public int calls(Operation operation) {
        return api.calls(operation);
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

    /** The listener outlives a reset, what it serves does not. */
    private final class Current implements ResponseDefinitionTransformerV2 {

        @Override
        public String getName() {
            return "fake-avatar-server";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return api.answer(event.getRequest());
        }
    }
}
