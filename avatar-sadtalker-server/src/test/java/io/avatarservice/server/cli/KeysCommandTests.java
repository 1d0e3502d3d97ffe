package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.security.KeyHash;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KeysCommandTests {

    private final StringWriter out = new StringWriter();

    @Test
    void printsAKeyItsHashAndWhereTheyGo() {
        assertThat(run("keys", "generate", "--name", "studio", "--scopes", "read"))
                .isZero();

        Matcher key = Pattern.compile("key +(avk_\\S{43})\\R").matcher(out.toString());
        assertThat(key.find()).isTrue();
        String hash = KeyHash.of(key.group(1)).hex();
        assertThat(out.toString())
                .contains("sha256  " + hash)
                .contains("AVATAR_API_KEYS='studio:{sha256}" + hash + ":read'")
                .contains("AVATAR_API_KEY='" + key.group(1) + "'");
    }

    @Test
    void printsAWebhookSecretAndWhereItGoes() {
        assertThat(run("keys", "webhook-secret")).isZero();

        Matcher secret = Pattern.compile("whsec_[A-Za-z0-9+/]{43}=").matcher(out.toString());
        assertThat(secret.find()).isTrue();
        assertThat(out.toString())
                .contains("AVATAR_WEBHOOK_SECRETS='" + secret.group() + "'")
                .contains("AVATAR_SERVICE_WEBHOOKSECRET='" + secret.group() + "'");
    }

    @Test
    void needsASubcommand() {
        assertThat(run("keys")).isEqualTo(2);
    }

    private int run(String... args) {
        return AvatarCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(args);
    }
}
