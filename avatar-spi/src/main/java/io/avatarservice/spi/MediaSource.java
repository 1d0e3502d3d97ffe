package io.avatarservice.spi;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Where a portrait, a speech recording or a driving video comes from. Nothing is read before a provider sends it, and
 * {@code toString} shows neither content nor the query of an address, which often carries a signature.
 *
 * @since 0.1.0
 */
public sealed interface MediaSource {

    /**
     * Content that is already in memory.
     *
     * @param content the encoded file, for example a PNG; copied
     * @throws IllegalArgumentException if there is no content
     */
    static MediaSource bytes(byte[] content) {
        return new Bytes(content);
    }

    /**
     * A file that the provider reads in pieces when the request is sent.
     *
     * @param path of a readable file on this machine
     */
    static MediaSource file(Path path) {
        return new File(path);
    }

    /**
     * An address that the provider fetches by itself.
     *
     * @param url with the scheme http, https, s3 or gs; a signature in its query is kept
     * @throws IllegalArgumentException if the address is not absolute or has another scheme
     */
    static MediaSource url(URI url) {
        return new Url(url);
    }

    /**
     * Content that is already in memory.
     *
     * @since 0.1.0
     */
    final class Bytes implements MediaSource {

        private final ByteBuffer content;

        private Bytes(byte[] content) {
            if (content.length == 0) {
                throw new IllegalArgumentException("a medium needs at least one byte");
            }
            this.content = ByteBuffer.wrap(content.clone()).asReadOnlyBuffer();
        }

        /** The content, read-only; each call gives a buffer with its own position. */
        public ByteBuffer content() {
            return content.duplicate();
        }

        /** Number of bytes, at least one. */
        public int size() {
            return content.capacity();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && content.equals(that.content);
        }

        @Override
        public int hashCode() {
            return content.hashCode();
        }

        @Override
        public String toString() {
            return "Bytes[" + size() + " bytes]";
        }
    }

    /**
     * A file on this machine.
     *
     * @param path of a readable file; checked when the request is sent
     * @since 0.1.0
     */
    record File(Path path) implements MediaSource {

        /** Requires a path. */
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * An address that the provider fetches by itself.
     *
     * @param url absolute, with the scheme http, https, s3 or gs
     * @since 0.1.0
     */
    record Url(URI url) implements MediaSource {

        private static final Set<String> SCHEMES = Set.of("http", "https", "s3", "gs");

        /** Checks that a machine can be asked for it. */
        public Url {
            Objects.requireNonNull(url, "url");
            if (url.getScheme() == null
                    || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    || url.getRawAuthority() == null) {
                throw new IllegalArgumentException(
                        "a medium's address is absolute and has the scheme http, https, s3 or gs, but was '"
                                + Urls.masked(url) + "'");
            }
        }

        @Override
        public String toString() {
            return "Url[" + Urls.masked(url) + "]";
        }
    }
}
