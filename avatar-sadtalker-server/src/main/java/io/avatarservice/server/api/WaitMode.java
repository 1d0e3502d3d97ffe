package io.avatarservice.server.api;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * How long {@code /generate} waits for the video, by the request's {@code Prefer} header (RFC 7240).
 *
 * @param longest longest wait; zero for an immediate answer
 * @param applied the preference that was honoured, for {@code Preference-Applied}; {@code null} where there was none
 */
record WaitMode(Duration longest, @Nullable String applied) {

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads the header; preferences that are unknown or malformed are ignored, as the RFC asks.
     *
     * @param limit what the server waits at most, and waits without a preference
     */
    static WaitMode of(HttpHeaders headers, Duration limit) {
        Duration wait = limit;
        String applied = null;
        for (String preference : preferences(headers)) {
            Matcher seconds = WAIT.matcher(preference);
            if (preference.equalsIgnoreCase("respond-async")) {
                return new WaitMode(Duration.ZERO, "respond-async");
            }
            if (seconds.matches()) {
                Duration asked = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
                wait = asked.compareTo(limit) < 0 ? asked : limit;
                applied = "wait=" + wait.toSeconds();
            }
        }
        return new WaitMode(wait, applied);
    }

    private static List<String> preferences(HttpHeaders headers) {
        return headers.getValuesAsList("Prefer").stream()
                .map(value -> value.split(";", 2)[0].strip())
                .toList();
    }
}
