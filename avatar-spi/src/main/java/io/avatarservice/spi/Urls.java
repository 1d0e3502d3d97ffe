package io.avatarservice.spi;

import java.net.URI;

/** Addresses as they may be shown. */
final class Urls {

    private Urls() {}

    /** The address without user info and fragment, and with its query hidden: each of them may hold a secret. */
    static String masked(URI url) {
        if (url.isOpaque()) {
            return url.getScheme() + ":***";
        }
        StringBuilder shown = new StringBuilder();
        if (url.getScheme() != null) {
            shown.append(url.getScheme()).append(':');
        }
        String authority = url.getRawAuthority();
        if (authority != null) {
            shown.append("//").append(authority.substring(authority.lastIndexOf('@') + 1));
        }
        shown.append(url.getRawPath());
        if (url.getRawQuery() != null) {
            shown.append("?***");
        }
        return shown.toString();
    }
}
