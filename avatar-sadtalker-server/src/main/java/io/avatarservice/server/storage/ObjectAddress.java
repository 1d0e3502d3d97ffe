package io.avatarservice.server.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an object, as the command lines of the cloud stores write it.
 *
 * @param scheme the kind of store, in lower case
 * @param name the object
 */
record ObjectAddress(String scheme, ObjectName name) {

    private static final Pattern FORM = Pattern.compile("(\\w+)://([A-Za-z0-9._-]{3,222})/(\\P{Cntrl}{1,1024})");

    /** The address in {@code text}, the key taken as it is; empty where it is none. */
    static Optional<ObjectAddress> parse(String text) {
        Matcher address = FORM.matcher(text);
        return address.matches()
                ? Optional.of(new ObjectAddress(
                        address.group(1).toLowerCase(Locale.ROOT), new ObjectName(address.group(2), address.group(3))))
                : Optional.empty();
    }

    /** The address that {@link #toUri} made. */
    static Optional<ObjectAddress> of(URI uri) {
        return parse(uri.getScheme() + "://" + uri.getAuthority() + uri.getPath());
    }

    /** As a URI, the key escaped where it must be. */
    URI toUri() {
        try {
            return new URI(scheme, name.bucket(), "/" + name.key(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the parts of an object's address always make a URI", e);
        }
    }
}
