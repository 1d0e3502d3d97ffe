package io.avatarservice.did;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** What a signed address of a bucket tells of itself. */
final class SignedUrl {

    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SignedUrl() {}

    /** When it stops working, or {@code null} where it does not tell. */
    static @Nullable Instant expiry(URI url) {
        MultiValueMap<String, String> query =
                UriComponentsBuilder.fromUri(url).build().getQueryParams();
        try {
            String expires = query.getFirst("Expires");
            if (expires != null) {
                return Instant.ofEpochSecond(Long.parseLong(expires));
            }
            String date = query.getFirst("X-Amz-Date");
            String seconds = query.getFirst("X-Amz-Expires");
            return date == null || seconds == null
                    ? null
                    : AMZ_DATE.parse(date, Instant::from).plusSeconds(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
