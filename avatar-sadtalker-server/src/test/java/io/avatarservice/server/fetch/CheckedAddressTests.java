package io.avatarservice.server.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is told of a URL long before anybody connects to it. */
class CheckedAddressTests {

    private final FetchGuard guard = new FetchGuard(new Binder(new MapConfigurationPropertySource(
                    Map.of("allowed-hosts", "10.0.0.7:8443, [fd12::7]", "allowed-networks", "10.1.0.0/16")))
            .bind("", FetchProperties.class)
            .get());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.215.14/",
                "http://93.184.215.14:80/",
                "https://10.0.0.7:8443/",
                "http://[fd12::7]:8080/",
                "http://10.1.2.3:8080/",
                "https://receiver.example.com/",
                "https://receiver.example.com:8443/",
                "https://localhost/",
            })
    void allowedAddressesAndAllNamesPass(String url) {
        assertThat(guard.checkAddress(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.215.14:8443/",
                "https://10.0.0.7/",
                "https://10.0.0.8:8443/",
                "http://127.0.0.1/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://169.254.169.254/",
                "http://2130706433/",
                "https://user@93.184.215.14/",
                "ftp://93.184.215.14/",
            })
    void othersAreRefusedWithoutAConnection(String url) {
        assertThatExceptionOfType(RefusedUrlException.class).isThrownBy(() -> guard.checkAddress(url));
    }
}
