package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads objects of the configured cloud store, from the buckets that are allowed. */
final class BucketObjectReader implements ObjectReader {

    private static final Logger log = LoggerFactory.getLogger(BucketObjectReader.class);

    private final ObjectStore objects;
    private final Set<String> buckets;
    private final Retries retries;
    private final StorageMetrics metrics;

    BucketObjectReader(ObjectStore objects, Set<String> buckets, Retries retries, StorageMetrics metrics) {
        this.objects = objects;
        this.buckets = Set.copyOf(buckets);
        this.retries = retries;
        this.metrics = metrics;
    }

    @Override
    public URI check(String address, String field) {
        ObjectAddress object = ObjectAddress.parse(address.strip())
                .orElseThrow(() -> invalid(field, "must be an address of the form " + form()));
        return check(object, field).toUri();
    }

    @Override
    public void read(URI address, Path target, long maxBytes, String field) {
        ObjectAddress object =
                ObjectAddress.of(address).orElseThrow(() -> invalid(field, "must be an address of the form " + form()));
        ObjectName name = check(object, field).name();
        retries.call("Reading an input from the bucket " + name.bucket(), () -> {
            metrics.time("read", () -> copy(name, target, maxBytes, field));
            return target;
        });
    }

    private ObjectAddress check(ObjectAddress object, String field) {
        if (!object.scheme().equals(objects.scheme())) {
            throw invalid(
                    field, "must have the form %s: this server reads no %s://".formatted(form(), object.scheme()));
        }
        if (!buckets.contains(object.name().bucket())) {
            throw invalid(
                    field,
                    "names the bucket '%s', from which this server may not read"
                            .formatted(object.name().bucket()));
        }
        return object;
    }

    private void copy(ObjectName name, Path target, long maxBytes, String field) {
        boolean complete = false;
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            objects.read(name, new LimitedFile(file, maxBytes, field)::write);
            complete = true;
        } catch (ObjectStoreException e) {
            throw explain(e, name, field);
        } catch (IOException e) {
            throw notWritten(e);
        } finally {
            if (!complete) {
                delete(target);
            }
        }
    }

    private static ProblemException explain(ObjectStoreException e, ObjectName name, String field) {
        log.warn("An input could not be read from the bucket {}: {}", name.bucket(), e.getMessage());
        return switch (e.kind()) {
            case NO_OBJECT -> invalid(field, "names an object that does not exist");
            case NO_BUCKET -> invalid(field, "names a bucket that does not exist");
            case DENIED, REFUSED, CANNOT_SIGN -> invalid(field, "names an object that this server may not read");
            case UNAVAILABLE ->
                new ProblemException(
                        ProblemCode.STORAGE_UNAVAILABLE, field, field + " could not be read: the store is unavailable");
        };
    }

    private String form() {
        return objects.scheme() + "://bucket/object";
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, field, field + " " + message);
    }

    private static ProblemException notWritten(IOException e) {
        return new ProblemException(
                ProblemCode.STORAGE_UNAVAILABLE,
                null,
                "an input could not be written: the work directory is full or not writable",
                e);
    }

    private static void delete(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Takes the chunks of one object, up to the limit. */
    private record LimitedFile(FileChannel file, long maxBytes, String field) {

        void write(ByteBuffer chunk) {
            try {
                if (file.position() + chunk.remaining() > maxBytes) {
                    throw new ProblemException(
                            ProblemCode.PAYLOAD_TOO_LARGE,
                            field,
                            String.format(
                                    Locale.ROOT,
                                    "%s: the object is larger than the limit of %,d bytes",
                                    field,
                                    maxBytes));
                }
                while (chunk.hasRemaining()) {
                    file.write(chunk);
                }
            } catch (IOException e) {
                throw notWritten(e);
            }
        }
    }
}
