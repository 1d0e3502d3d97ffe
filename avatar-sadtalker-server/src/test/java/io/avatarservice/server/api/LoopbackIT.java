package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A server without keys: for its own machine, and for no website that a browser there has open. */
class LoopbackIT extends ServerIT {

    @Test
    void asksForNoKey() {
        http.get().uri("/actuator/prometheus").exchange().expectStatus().isOk();
        http.get()
                .uri("/actuator/health")
                .exchange()
                .expectBody()
                .jsonPath("$.components.drivers")
                .exists();
    }

    @Test
    void ignoresAKeyThatIsSentAllTheSame() {
        http.get()
                .uri("/v1/jobs")
                .header(HttpHeaders.AUTHORIZATION, "Bearer avk_of-another-server")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @MethodSource("otherAddresses")
    void listensOnNoOtherAddress(InetAddress address) {
        assertThatIOException().isThrownBy(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 2000);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.org", "evil.example.org:8001", "127.0.0.1.evil.example.org", "10.0.0.1"})
    void isNotCalledByTheNameOfAWebsite(String host) {
        http.get()
                .uri("/v1/jobs")
                .header(HttpHeaders.HOST, host)
                .header("X-Forwarded-Host", "localhost") // which a website could send, too
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8001", "[::1]:8001", "avatar.localhost"})
    void isCalledByItsLocalNames(String host) {
        http.get()
                .uri("/v1/jobs")
                .header(HttpHeaders.HOST, host)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void rendersNothingForAWebsite() {
        http.post()
                .uri("/v1/jobs")
                .header(HttpHeaders.ORIGIN, "https://evil.example.org")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(goodRequest())
                .exchange()
                .expectStatus()
                .isForbidden();
        assertThat(driver.rendering()).isZero();
    }

    static Stream<InetAddress> otherAddresses() throws SocketException, UnknownHostException {
        return Stream.concat(
                Stream.of(InetAddress.getByName("127.0.0.2")), // for machines without a network
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress()));
    }
}
