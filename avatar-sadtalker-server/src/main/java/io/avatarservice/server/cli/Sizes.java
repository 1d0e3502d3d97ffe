package io.avatarservice.server.cli;

import java.util.Locale;

/** Sizes of files in decimal units, as download pages show them. */
final class Sizes {

    private Sizes() {}

    static String words(double bytes) {
        if (bytes >= 1e9) {
            return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
        }
        if (bytes >= 1e6) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
}
