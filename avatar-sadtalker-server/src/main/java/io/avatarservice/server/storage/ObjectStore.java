package io.avatarservice.server.storage;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What this server needs of a cloud store, in the least words; one implementation for each SDK. Thread-safe. Every method
 * blocks, tries again by itself what its SDK deems worth it, and then throws {@link ObjectStoreException}.
 */
interface ObjectStore {

    /** Names the kind of store in addresses: {@code gs}, {@code s3}. */
    String scheme();

    /**
     * Uploads a file, and replaces what had this name. The object appears only once all of it has arrived and its
     * checksum and size are those of the file.
     */
    void put(ObjectName name, Path file, String contentType);

    /**
     * Reads an object from its beginning to its end.
     *
     * @param sink takes the chunks in order, each until it returns; what it throws ends the reading and is thrown on
     */
    void read(ObjectName name, Consumer<ByteBuffer> sink);

    /** Removes an object; one that does not exist is no error. */
    void delete(ObjectName name);

    /**
     * Signs an address at which everybody can download the object for a while.
     *
     * @param lifetime how long; the address may expire earlier, with the credentials that signed it
     */
    VideoLink sign(ObjectName name, Duration lifetime);

    /** The address of an object that everybody may read. */
    URI plainUrl(ObjectName name);
}
