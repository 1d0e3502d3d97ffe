package io.avatarservice.did;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Other people's words, fit for a message. Gateways repeat headers and validators repeat addresses, so every word that
 * might hold a secret is left out: what remains is prose.
 */
final class Redaction {

    private static final int MAX_LENGTH = 200;
    private static final Pattern PROSE =
            Pattern.compile("[(\"']*(\\p{L}[\\p{L}'_/-]{0,30}|[0-9][0-9.,x]{0,11}|-)[)\"'.,:;!?]*");

    private Redaction() {}

    static String prose(String text) {
        String shown = Arrays.stream(text.strip().split("[\\s\\p{Cntrl}]+", -1))
                .map(word -> isProse(word) ? word : "***")
                .collect(Collectors.joining(" "));
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "..." : shown;
    }

    private static boolean isProse(String word) {
        return PROSE.matcher(word).matches();
    }
}
