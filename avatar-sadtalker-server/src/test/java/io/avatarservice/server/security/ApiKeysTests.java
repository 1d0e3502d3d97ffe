package io.avatarservice.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTests {

    private static final String SECRET = "a-long-enough-secret";
    private static final String OTHER = "another-long-secret";

    @Test
    void aBareKeyIsNamedByItsPlaceAndMaySubmitAndRead() {
        ApiKeys keys = keys(SECRET, OTHER);

        assertThat(keys.find(SECRET)).hasValueSatisfying(key -> {
            assertThat(key.name()).isEqualTo("key-1");
            assertThat(key.scopes()).isEqualTo(Set.of(Scope.SUBMIT, Scope.READ));
            assertThat(key.allowance()).isEqualTo(new Allowance(100, 10));
        });
        assertThat(keys.find(OTHER)).map(ApiKey::name).contains("key-2");
    }

    @Test
    void aNameAndScopesMayBeGiven() {
        ApiKeys keys = keys("prometheus:" + SECRET + ":admin+READ");

        assertThat(keys.find(SECRET)).hasValueSatisfying(key -> {
            assertThat(key.name()).isEqualTo("prometheus");
            assertThat(key.scopes()).isEqualTo(Set.of(Scope.ADMIN, Scope.READ));
        });
        assertThat(keys.describe()).isEqualTo("prometheus (read, admin)");
    }

    @Test
    void theHashIsEnough() {
        ApiKeys keys = keys("orchestrator:{sha256}" + KeyHash.of(SECRET).hex().toUpperCase(Locale.ROOT));

        assertThat(keys.find(SECRET)).isPresent();
        assertThat(keys.find(KeyHash.of(SECRET).hex())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-long-enough-secreT", "a-long-enough-secret ", "a-long-enough", "key-1"})
    void nothingElseIsAccepted(String presented) {
        assertThat(keys(SECRET).find(presented)).isEmpty();
    }

    @Test
    void ownLimitsGoBeforeTheCommonOnes() {
        ApiKeyProperties own = new ApiKeyProperties("eager", SECRET, null, List.of("submit"), 1000, null);
        ApiKeys keys = ApiKeys.of(properties(own));

        assertThat(keys.named("eager")).map(ApiKey::allowance).contains(new Allowance(1000, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "short-secret                        | API key 'key-1' has fewer than 16 characters",
                "me:                                 | API key 'me' needs either a key or a hash",
                "me:{sha256}a-long-enough-secret     | The hash of API key 'me' is not 64 hexadecimal digits",
                "me:a-long-enough-secret:write       | API key 'me' has a scope that does not exist",
                "me:a-long-enough-secret:            | API key 'me' has a scope that does not exist",
                "a-long enough-secret:me             | API key 1 has a name that is not",
            })
    void whatCannotBeUsedIsExplainedWithoutTheSecret(String entry, String message) {
        assertThatExceptionOfType(InvalidSecurityException.class)
                .isThrownBy(() -> keys(entry))
                .withMessageStartingWith(message)
                .satisfies(problem ->
                        assertThat(problem.getMessage() + problem.action()).doesNotContain("secret"));
    }

    @Test
    void namesAndKeysAreDifferent() {
        assertThatExceptionOfType(InvalidSecurityException.class)
                .isThrownBy(() -> keys("me:" + SECRET, "me:" + OTHER))
                .withMessage("Two API keys are named 'me'.");
        assertThatExceptionOfType(InvalidSecurityException.class)
                .isThrownBy(() ->
                        keys("me:" + SECRET, "you:{sha256}" + KeyHash.of(SECRET).hex()))
                .withMessage("The API keys 'me' and 'you' are the same.");
    }

    @Test
    void secretsAreNotPrinted() {
        NewKey made = NewKey.generate();
        ApiKeyProperties configured = ApiKeyProperties.parse("me:" + SECRET);

        assertThat(properties(configured).toString()).contains("me").doesNotContain(SECRET);
        assertThat(keys("me:" + SECRET).find(SECRET).toString())
                .doesNotContain(KeyHash.of(SECRET).hex());
        assertThat(made.toString())
                .doesNotContain(made.secret())
                .doesNotContain(made.hash().hex());
    }

    @Test
    void newKeysAreLongAndNeverTheSame() {
        Set<String> secrets = Set.copyOf(
                Stream.generate(NewKey::generate).limit(100).map(NewKey::secret).toList());

        assertThat(secrets).hasSize(100).allSatisfy(secret -> assertThat(secret).matches("avk_[A-Za-z0-9_-]{43}"));
    }

    private static ApiKeys keys(String... entries) {
        return ApiKeys.of(
                properties(Stream.of(entries).map(ApiKeyProperties::parse).toArray(ApiKeyProperties[]::new)));
    }

    private static SecurityProperties properties(ApiKeyProperties... keys) {
        return new SecurityProperties(
                true, List.of(keys), new SecurityProperties.RateLimit(100, 10), new SecurityProperties.Cors(List.of()));
    }
}
