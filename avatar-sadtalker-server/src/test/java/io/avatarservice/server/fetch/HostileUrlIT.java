package io.avatarservice.server.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.TestMediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * What attackers send as an input's URL. A victim listens on every address of this machine, at a port that is allowed, so
 * that the address alone decides; the connector sees what sockets are told to connect to.
 */
class HostileUrlIT {

    /** Stands for the victim's port. */
    private static final String PORT = "PORT";

    private static final String PUBLIC_ADDRESS = "93.184.215.14";

    private final AtomicInteger reached = new AtomicInteger();
    private final DisposableServer victim = HttpServer.create()
            .port(0)
            .doOnConnection(connection -> reached.incrementAndGet())
            .handle((request, response) -> response.sendString(Mono.just("secret")))
            .bindNow();

    private final RecordingConnector connector = new RecordingConnector();
    private final FakeNames names = new FakeNames()
            .answer("localhost", "127.0.0.1")
            .answer("localhost.", "127.0.0.1")
            .answer("LocalHost", "127.0.0.1")
            .answer("localhost.localdomain", "127.0.0.1")
            .answer("ip6-localhost", "::1")
            .answer("127.0.0.1.nip.example", "127.0.0.1")
            .answer("intranet.example.com", "10.1.2.3")
            .answer("metadata.google.internal", "169.254.169.254")
            .answer("mapped.example.com", "::ffff:127.0.0.1")
            .answer("six.example.com", "fd12:3456::1")
            .answer("mixed.example.com", PUBLIC_ADDRESS, "127.0.0.1")
            .answer("dual.example.com", PUBLIC_ADDRESS, "::1")
            .answer("www.example.com", PUBLIC_ADDRESS);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        victim.disposeNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback, in every notation that some software reads
                "http://127.0.0.1:PORT/",
                "http://127.8.8.8:PORT/",
                "http://127.1:PORT/",
                "http://127.0.1:PORT/",
                "http://2130706433:PORT/",
                "http://017700000001:PORT/",
                "http://0x7f000001:PORT/",
                "http://0x7f.0x0.0x0.0x1:PORT/",
                "http://0x7F.1:PORT/",
                "http://0177.0.0.1:PORT/",
                "http://0177.0.0.01:PORT/",
                "http://127.0.0.01:PORT/",
                "http://00127.0.0.1:PORT/",
                "http://127.0.0.1.:PORT/",
                "http://4294967297.:PORT/",
                "http://383.0.0.1:PORT/",
                "http://0:PORT/",
                "http://0.0.0.0:PORT/",
                "http://%31%32%37.0.0.1:PORT/",
                "http://①②⑦.⓪.⓪.①:PORT/",
                "http://127。0。0。1:PORT/",
                "http://１２７.0.0.1:PORT/",
                // private, shared, link-local with the clouds' metadata, and other networks of special purpose
                "http://10.0.0.1:PORT/",
                "http://172.16.0.1:PORT/",
                "http://172.31.255.254:PORT/",
                "http://192.168.1.1:PORT/",
                "http://100.64.0.1:PORT/",
                "http://100.100.100.200:PORT/latest/meta-data/",
                "http://169.254.169.254:PORT/latest/meta-data/",
                "http://169.254.169.254/latest/meta-data/",
                "http://2852039166/latest/meta-data/",
                "http://0xa9fea9fe/latest/meta-data/",
                "http://168.63.129.16:PORT/",
                "http://192.0.0.192:PORT/",
                "http://192.0.2.1:PORT/",
                "http://198.18.0.1:PORT/",
                "http://198.51.100.1:PORT/",
                "http://203.0.113.1:PORT/",
                "http://224.0.0.1:PORT/",
                "http://240.0.0.1:PORT/",
                "http://255.255.255.255:PORT/",
                // IPv6, plain and with IPv4 inside
                "http://[::1]:PORT/",
                "http://[0:0:0:0:0:0:0:1]:PORT/",
                "http://[0000:0000:0000:0000:0000:0000:0000:0001]:PORT/",
                "http://[::]:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://[::ffff:7f00:1]:PORT/",
                "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
                "http://[::ffff:93.184.215.14]:PORT/",
                "http://[::127.0.0.1]:PORT/",
                "http://[::7f00:1]:PORT/",
                "http://[64:ff9b::127.0.0.1]:PORT/",
                "http://[64:ff9b::a9fe:a9fe]:PORT/",
                "http://[64:ff9b:1::7f00:1]:PORT/",
                "http://[2002:7f00:1::]:PORT/",
                "http://[2001:0:7f00:1::]:PORT/",
                "http://[2001:db8::1]:PORT/",
                "http://[3fff::1]:PORT/",
                "http://[fc00::1]:PORT/",
                "http://[fd00:ec2::254]:PORT/latest/meta-data/",
                "http://[fe80::1]:PORT/",
                "http://[fe80::1%25lo]:PORT/",
                "http://[::1%25lo]:PORT/",
                "http://[::1%lo]:PORT/",
                "http://[fec0::1]:PORT/",
                "http://[ff02::1]:PORT/",
                // names
                "http://localhost:PORT/",
                "http://LocalHost:PORT/",
                "http://localhost.:PORT/",
                "http://localhost.localdomain:PORT/",
                "http://ip6-localhost:PORT/",
                "http://127.0.0.1.nip.example:PORT/",
                "http://intranet.example.com:PORT/",
                "http://metadata.google.internal/computeMetadata/v1/",
                "http://mapped.example.com:PORT/",
                "http://six.example.com:PORT/",
                "http://mixed.example.com:PORT/",
                "http://dual.example.com:PORT/",
                "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
                "http://localhost%00.example.com:PORT/",
                "http://localhost%23.example.com:PORT/",
                // user names, and what parsers disagree about
                "http://www.example.com@127.0.0.1:PORT/",
                "http://www.example.com:80@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT@www.example.com/",
                "http://:@127.0.0.1:PORT/",
                "http://www.example.com\\@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT\\@www.example.com/",
                "http://www.example.com%40127.0.0.1:PORT/",
                "http:\\\\127.0.0.1:PORT/",
                "http:/127.0.0.1:PORT/",
                "http:127.0.0.1:PORT/",
                "http:///127.0.0.1:PORT/",
                "//127.0.0.1:PORT/",
                "127.0.0.1:PORT/",
                " http://127.0.0.1:PORT/",
                "http://127.0.0.1:PORT\r\nX-Injected: 1\r\n/",
                "http://127.0.0.1\t:PORT/",
                // other schemes
                "file:///etc/passwd",
                "file://127.0.0.1/etc/passwd",
                "ftp://127.0.0.1:PORT/",
                "gopher://127.0.0.1:PORT/_INFO",
                "dict://127.0.0.1:PORT/stat",
                "ldap://127.0.0.1:PORT/",
                "jar:http://127.0.0.1:PORT/a.jar!/b",
                "netdoc:///etc/passwd",
                "data:text/plain,hello",
                "javascript:alert(1)",
                // ports
                "http://www.example.com:22/",
                "http://www.example.com:6379/",
                "http://www.example.com:0/",
                "http://www.example.com:65616/",
                "http://www.example.com:4294967376/",
            })
    void isRefusedWithoutAnyConnection(String url) {
        refused(url);

        assertThat(connector.attempts()).isEmpty();
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "http://[::1]:PORT/",
                "http://localhost:PORT/",
                "//localhost:PORT/",
                "http://169.254.169.254/latest/meta-data/",
                "http://metadata.google.internal/computeMetadata/v1/",
                "http://2852039166/",
                "http://[::ffff:169.254.169.254]/",
                "http://user:password@www.example.com/",
                "http://www.example.com:6379/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:PORT/_INFO",
                "http://exa mple/",
            })
    void isRefusedAsTheTargetOfARedirect(String location) {
        DisposableServer redirecting = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                        "/",
                        (request, response) -> response.status(302)
                                .header("Location", location.replace(PORT, Integer.toString(victim.port())))
                                .send()))
                .bindNow();
        names.answer("redirecting.example.com", "127.0.0.1");

        refused("http://redirecting.example.com:%d/".formatted(redirecting.port()));

        assertThat(connector.attempts()).extracting(InetSocketAddress::getPort).containsExactly(redirecting.port());
        assertThat(reached).hasValue(0);
        redirecting.disposeNow();
    }

    @Test
    void nameServersThatChangeTheirAnswerGainNothing() {
        names.answer("rebinding.example.com", PUBLIC_ADDRESS).answer("rebinding.example.com", "127.0.0.1");
        String url = "http://rebinding.example.com:PORT/";

        refused(url);
        refused(url);

        // the first time to what was checked, and to nothing else; the second time to nothing at all
        assertThat(connector.attempts())
                .extracting(attempt -> attempt.getAddress().getHostAddress())
                .containsExactly(PUBLIC_ADDRESS);
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("ownAddresses")
    void addressesOfThisMachineAreRefusedEvenIfPublic(InetAddress own) {
        assertThat(PublicAddresses.contain(own)).isFalse();
    }

    @Test
    void messagesNameTheFieldAndTellNothingElse() {
        ProblemException problem = refused("http://intranet.example.com:PORT/path?signature=secret");

        assertThat(problem.reason())
                .isEqualTo(
                        "image_url: the URL leads to an address or port that is not allowed; the server's operator can"
                                + " allow it (avatar.fetch)");
    }

    /** The control: without the guard's refusal the same victim is reached. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://mapped.example.com:PORT/"})
    void isReachedWhereTheNetworkIsAllowed(String url) {
        FetchProperties allowed =
                new FetchProperties(List.of(), List.of(Network.valueOf("127.0.0.0/8")), Set.of(80, 443));

        fetch(allowed, url);

        assertThat(directory.resolve("input")).hasContent("secret");
        assertThat(connector.attempts()).hasSize(1);
        assertThat(reached).hasValue(1);
    }

    @Test
    void isReachedWhereTheHostIsAllowed() {
        FetchProperties allowed = new FetchProperties(List.of(AllowedHost.valueOf("Localhost")), List.of(), Set.of());

        fetch(allowed, "http://localhost.:PORT/");

        assertThat(reached).hasValue(1);
    }

    static Stream<InetAddress> ownAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
    }

    private ProblemException refused(String url) {
        FetchProperties closed = new FetchProperties(
                List.of(AllowedHost.valueOf("redirecting.example.com")), List.of(), Set.of(80, 443, victim.port()));
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> fetch(closed, url));
        assertThat(problem).as(url).isNotNull();
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(problem.field()).isEqualTo("image_url");
        assertThat(problem.reason())
                .startsWith("image_url: ")
                .doesNotContain("127.0", "169.254", "secret", ":password");
        assertThat(directory.resolve("input")).doesNotExist();
        return problem;
    }

    private void fetch(FetchProperties properties, String url) {
        FetchGuard guard = new FetchGuard(properties, () -> names, connector.client());
        new MediaFetcher(guard, TestMediaProperties.defaults().fetch())
                .fetch(
                        url.replace(PORT, Integer.toString(victim.port())),
                        directory.resolve("input"),
                        100,
                        "image_url");
    }
}
