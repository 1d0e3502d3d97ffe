package io.avatarservice.server.torch.model;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One address of a file: a mirror's or the official one. */
record ModelSource(URI uri) {

    private static final String PLACEHOLDER = "{file}";
    private static final String LOCAL = "file";
    private static final List<String> SCHEMES = List.of("http", "https", LOCAL);

    /** The mirrors in their order, then the official address. */
    static List<ModelSource> of(ModelFile file, List<String> mirrors) {
        return Stream.concat(mirrors.stream().map(mirror -> expand(mirror, file.name())), Stream.of(file.url()))
                .map(ModelSource::new)
                .toList();
    }

    /**
     * Checks a configured mirror.
     *
     * @throws IllegalArgumentException where it cannot be used; the message does not quote it, for it may hold a secret
     */
    static void checkMirror(String mirror) {
        URI uri;
        try {
            uri = expand(mirror, "name");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a mirror is not a URL");
        }
        String scheme = scheme(uri);
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException("a mirror must start with http://, https:// or file:");
        }
        if (scheme.equals(LOCAL) && (uri.getPath() == null || uri.getAuthority() != null)) {
            throw new IllegalArgumentException("a file: mirror must be an absolute path");
        }
        if (!scheme.equals(LOCAL) && uri.getHost() == null) {
            throw new IllegalArgumentException("a mirror names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a mirror must not contain a user name or password");
        }
        if (uri.getRawQuery() != null && !mirror.contains(PLACEHOLDER)) {
            throw new IllegalArgumentException("a mirror with a query must say where the name goes: " + PLACEHOLDER);
        }
    }

    boolean local() {
        return scheme(uri).equals(LOCAL);
    }

    /** The address without its query, which may be a signature. */
    @Override
    public String toString() {
        return local() ? "file:" + uri.getPath() : uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath();
    }

    private static URI expand(String mirror, String name) {
        String trimmed = mirror.strip();
        if (trimmed.contains(PLACEHOLDER)) {
            return URI.create(trimmed.replace(PLACEHOLDER, name));
        }
        return URI.create(trimmed + (trimmed.endsWith("/") ? "" : "/") + name);
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }
}
