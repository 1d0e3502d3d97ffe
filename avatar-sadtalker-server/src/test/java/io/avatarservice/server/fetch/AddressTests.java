package io.avatarservice.server.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Which addresses are public, and what the allow-lists add. */
class AddressTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
            })
    void publicOnesMayBeConnectedTo(String address) throws UnknownHostException {
        assertThat(allow(Map.of(), "example.com", address, 443)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 9000, true",
        "10.1.2.3, 80, true",
        "10.2.0.1, 80, false",
        "fd12::7, 80, true",
        "fd13::7, 80, false",
        "127.0.0.1, 80, false"
    })
    void anAllowedNetworkIsOpenAtEveryPort(String address, int port, boolean expected) throws UnknownHostException {
        Map<String, String> properties = Map.of("allowed-networks", "10.1.0.0/16, fd12::/48");

        assertThat(allow(properties, "example.com", address, port)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "minio, 9000, true",
        "MINIO., 9000, true",
        "minio, 9001, false",
        "sub.minio, 9000, false",
        "files.internal, 1, true",
        "::1, 8080, true",
    })
    void anAllowedHostMayResolveToAnything(String host, int port, boolean expected) throws UnknownHostException {
        Map<String, String> properties = Map.of("allowed-hosts", "minio:9000, files.internal, [::1]");

        assertThat(allow(properties, host, "10.1.2.3", port)).isEqualTo(expected);
    }

    @Test
    void publicHostsAreFetchedFromTheAllowedPortsOnly() throws UnknownHostException {
        assertThat(allow(Map.of(), "example.com", "1.1.1.1", 8443)).isFalse();
        assertThat(allow(Map.of("allowed-ports", "443, 8443"), "example.com", "1.1.1.1", 8443))
                .isTrue();
        assertThat(allow(Map.of("allowed-ports", "443, 8443"), "example.com", "1.1.1.1", 80))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0/8", "fd12::/129", "example.com", "10.0.0.0/8/8", "10.0.0.0/-1"})
    void malformedNetworksAreNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.valueOf(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://minio", "minio:port", "minio:", "a b", "minio/path"})
    void malformedHostsAreNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedHost.valueOf(text))
                .withMessageContaining("'" + text + "'");
    }

    private static boolean allow(Map<String, String> properties, String host, String address, int port)
            throws UnknownHostException {
        FetchProperties bound =
                new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("", FetchProperties.class);
        return new FetchRules(bound).allow(host, new InetSocketAddress(InetAddress.getByName(address), port));
    }
}
