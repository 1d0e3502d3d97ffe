package io.avatarservice.server.job;

import io.avatarservice.server.storage.ObjectReader;
import java.net.URI;
import java.nio.file.Path;

/** For jobs that name no objects. */
final class NoObjects implements ObjectReader {

    @Override
    public URI check(String address, String field) {
        throw new AssertionError("nothing names an object");
    }

    @Override
    public void read(URI address, Path target, long maxBytes, String field) {
        throw new AssertionError("nothing names an object");
    }
}
