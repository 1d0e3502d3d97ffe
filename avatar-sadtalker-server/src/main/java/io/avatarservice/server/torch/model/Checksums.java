package io.avatarservice.server.torch.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Remembers the hashes of files for as long as their size and time of change stay the same. Safe for several threads. */
final class Checksums {

    private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

    /** The SHA-256 of a file. {@code progress} is told the bytes read so far, unless the hash is remembered. */
    String of(Path file, LongConsumer progress) throws IOException {
        Path path = file.toRealPath();
        BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
        Entry known = entries.get(path);
        if (known != null && known.describes(before)) {
            return known.sha256();
        }
        String sha256 = Sha256.of(path, progress);
        entries.put(path, new Entry(before.size(), before.lastModifiedTime(), sha256));
        return sha256;
    }

    private record Entry(long size, FileTime modified, String sha256) {

        boolean describes(BasicFileAttributes attributes) {
            return size == attributes.size() && modified.equals(attributes.lastModifiedTime());
        }
    }
}
