package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads inputs that are given as objects of a cloud store: {@code gs://bucket/key}, {@code s3://bucket/key}. */
public interface ObjectReader {

    /** Whether an address with this scheme is one for an object reader, configured or not. */
    static boolean reads(@Nullable String scheme) {
        return scheme != null && Set.of("gs", "s3").contains(scheme.toLowerCase(Locale.ROOT));
    }

    /**
     * Checks an address without any call to the store.
     *
     * @param address as the client wrote it; the key is taken as it is, without any escapes
     * @param field the request field that holds it
     * @return the same address as a URI, the key escaped where it must be
     * @throws ProblemException {@code INVALID_REQUEST} where it names no object, or one that this server may not read
     */
    URI check(String address, String field);

    /**
     * Reads an object into a file. Blocks.
     *
     * @param address from {@link #check}
     * @param target where the bytes go; must not exist, and does not after a failure
     * @param maxBytes most bytes accepted
     * @param field the request field that holds the address
     * @throws ProblemException {@code INVALID_REQUEST} where there is no such object or this server may not read it,
     *     {@code PAYLOAD_TOO_LARGE} where it is larger than {@code maxBytes}, {@code STORAGE_UNAVAILABLE} where the
     *     store cannot be reached or the file not be written
     */
    void read(URI address, Path target, long maxBytes, String field);
}
