package io.avatarservice.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessModeTests {

    private final ApiKeys none = keys();
    private final ApiKeys one = keys("a-long-enough-secret");

    @Test
    void keysAreAskedForWhereThereAreSome() throws UnknownHostException {
        assertThat(AccessMode.of(true, one, null)).isEqualTo(AccessMode.KEYS);
        assertThat(AccessMode.of(true, one, InetAddress.getByName("0.0.0.0"))).isEqualTo(AccessMode.KEYS);
        assertThat(AccessMode.of(true, one, InetAddress.getByName("127.0.0.1"))).isEqualTo(AccessMode.KEYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void withoutKeysTheMachineItselfIsServed(String address) throws UnknownHostException {
        assertThat(AccessMode.of(true, none, null)).isEqualTo(AccessMode.LOOPBACK);
        assertThat(AccessMode.of(true, none, InetAddress.getByName(address))).isEqualTo(AccessMode.LOOPBACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "192.0.2.1"})
    void withoutKeysNobodyElseIs(String address) {
        assertThatExceptionOfType(InvalidSecurityException.class)
                .isThrownBy(() -> AccessMode.of(true, none, InetAddress.getByName(address)))
                .withMessageContaining("without asking for a key")
                .satisfies(problem -> assertThat(problem.action())
                        .contains("AVATAR_API_KEYS", "server.address=127.0.0.1", "AVATAR_SECURITY_ENABLED=false"));
    }

    @Test
    void whoSwitchesItOffGetsWhatTheyAskFor() throws UnknownHostException {
        assertThat(AccessMode.of(false, none, InetAddress.getByName("0.0.0.0"))).isEqualTo(AccessMode.OPEN);
        assertThat(AccessMode.of(false, one, null)).isEqualTo(AccessMode.OPEN);
    }

    private static ApiKeys keys(String... entries) {
        return ApiKeys.of(new SecurityProperties(
                true,
                Stream.of(entries).map(ApiKeyProperties::parse).toList(),
                new SecurityProperties.RateLimit(100, null),
                new SecurityProperties.Cors(List.of())));
    }
}
