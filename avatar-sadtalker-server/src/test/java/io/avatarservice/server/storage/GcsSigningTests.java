package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.StorageOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** V4 addresses, signed offline with the key of a service account that exists here only. */
@SuppressWarnings("NullAway.Init") // the key is made before all tests
class GcsSigningTests {

    private static final String ACCOUNT = "avatar@test.iam.gserviceaccount.com";
    private static final ObjectName OBJECT = new ObjectName("videos", "avatar-outputs/a.mp4");

    private static KeyPair key;

    private final GcsObjectStore store = new GcsObjectStore(
            StorageOptions.http()
                    .setProjectId("test")
                    .setCredentials(ServiceAccountCredentials.newBuilder()
                            .setClientEmail(ACCOUNT)
                            .setPrivateKey(key.getPrivate())
                            .setPrivateKeyId("1")
                            .build())
                    .build()
                    .getService(),
            URI.create("https://storage.googleapis.com"),
            Clock.systemUTC());

    @BeforeAll
    static void makeKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
    }

    @Test
    void theAddressNamesObjectAlgorithmAccountAndLifetime() {
        URI url = store.sign(OBJECT, Duration.ofHours(24)).url();

        assertThat(url).hasScheme("https").hasHost("storage.googleapis.com").hasPath("/videos/avatar-outputs/a.mp4");
        assertThat(query(url))
                .containsEntry("X-Goog-Algorithm", "GOOG4-RSA-SHA256")
                .containsEntry("X-Goog-Expires", "86400")
                .containsEntry("X-Goog-SignedHeaders", "host")
                .containsKeys("X-Goog-Signature", "X-Goog-Date")
                .hasEntrySatisfying(
                        "X-Goog-Credential",
                        credential -> assertThat(credential)
                                .startsWith(ACCOUNT.replace("@", "%40") + "%2F")
                                .endsWith("%2Fauto%2Fstorage%2Fgoog4_request"));
    }

    @Test
    void theAddressIsSignedWithTheKey() throws GeneralSecurityException {
        URI url = store.sign(OBJECT, Duration.ofHours(1)).url();

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key.getPublic());
        signature.update(stringToSign(url).getBytes(StandardCharsets.UTF_8));

        assertThat(signature.verify(HexFormat.of().parseHex(query(url).get("X-Goog-Signature"))))
                .isTrue();
    }

    @Test
    void itSaysNoLaterThanTheStoreWhenItExpires() {
        VideoLink link = store.sign(OBJECT, Duration.ofHours(1));

        Instant signedAt = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .parse(query(link.url()).get("X-Goog-Date"), Instant::from);
        assertThat(link.expiresAt()).isBetween(signedAt.plusSeconds(3598), signedAt.plusSeconds(3600));
    }

    @Test
    void aPublicObjectHasAPlainAddress() {
        assertThat(store.plainUrl(new ObjectName("videos", "an output/ü.mp4")))
                .hasToString("https://storage.googleapis.com/videos/an%20output/%C3%BC.mp4");
    }

    /** As the documentation of V4 signing says it is made. */
    private static String stringToSign(URI url) throws GeneralSecurityException {
        String signed = Arrays.stream(url.getRawQuery().split("&"))
                .filter(pair -> !pair.startsWith("X-Goog-Signature="))
                .sorted()
                .collect(Collectors.joining("&"));
        String request = String.join(
                "\n", "GET", url.getRawPath(), signed, "host:" + url.getHost(), "", "host", "UNSIGNED-PAYLOAD");
        String date = Objects.requireNonNull(query(url).get("X-Goog-Date"));
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
        return String.join("\n", "GOOG4-RSA-SHA256", date, date.substring(0, 8) + "/auto/storage/goog4_request", hash);
    }

    private static Map<String, String> query(URI url) {
        return Arrays.stream(url.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
