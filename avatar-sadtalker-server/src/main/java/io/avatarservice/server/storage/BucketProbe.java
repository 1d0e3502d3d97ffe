package io.avatarservice.server.storage;

import io.avatarservice.server.storage.ObjectStoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once, with a tiny object, all that the server will do with its bucket. So a wrong name or a missing permission is
 * known at the start and not after the first render.
 */
final class BucketProbe {

    private static final Logger log = LoggerFactory.getLogger(BucketProbe.class);
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final ObjectStore objects;
    private final VideoFolder folder;

    BucketProbe(ObjectStore objects, VideoFolder folder) {
        this.objects = objects;
        this.folder = folder;
    }

    /**
     * Tries the bucket. One that cannot be reached for the moment is only warned of: it may come back, and uploads are
     * tried again.
     *
     * @return whether it can be reached
     * @throws StorageConfigurationException where the bucket can never work as it is configured
     */
    boolean run() {
        try {
            tryBucket();
            return true;
        } catch (ObjectStoreException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw new StorageConfigurationException(what(e), advice(e.kind()));
            }
            log.warn("The bucket '{}' cannot be reached yet: {}", folder.bucket(), e.getMessage());
            return false;
        }
    }

    private void tryBucket() {
        ObjectName object = folder.object(VideoKey.random());
        Path file = content();
        try {
            objects.put(object, file, "text/plain");
            try {
                objects.read(object, chunk -> {});
                if (!folder.publicRead()) {
                    objects.sign(object, LIFETIME);
                }
            } finally {
                objects.delete(object);
            }
        } finally {
            delete(file);
        }
    }

    private String what(ObjectStoreException e) {
        String bucket = "the bucket '%s' (%s)".formatted(folder.bucket(), objects.scheme());
        String what = switch (e.kind()) {
            case NO_BUCKET -> bucket + " does not exist";
            case DENIED ->
                "the credentials are missing, or do not allow this server to write, read and delete in " + bucket;
            case CANNOT_SIGN -> "the credentials cannot sign addresses of " + bucket;
            default -> bucket + " cannot be used";
        };
        return what + ": " + e.getMessage();
    }

    private String advice(Kind kind) {
        boolean google = objects.scheme().equals("gs");
        return switch (kind) {
            case NO_BUCKET, NO_OBJECT ->
                "Set avatar.storage.bucket (MEDIA_BUCKET) to the name of a bucket that exists.";
            case CANNOT_SIGN ->
                "Run as a service account that may sign (iam.serviceAccounts.signBlob on itself), or set"
                        + " avatar.storage.public (GCS_PUBLIC) to true where everybody may read the bucket.";
            case DENIED ->
                google
                        ? "Give the service account the role 'Storage Object User' (roles/storage.objectUser) on the"
                                + " bucket; set GOOGLE_APPLICATION_CREDENTIALS where it is not the machine's own."
                        : "Give the identity s3:PutObject, s3:GetObject, s3:DeleteObject and s3:AbortMultipartUpload on"
                                + " the bucket's objects; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where it is"
                                + " not the machine's own.";
            default ->
                google
                        ? "Check avatar.storage.bucket (MEDIA_BUCKET) and the bucket's retention policy."
                        : "Check avatar.storage.bucket (MEDIA_BUCKET) and avatar.storage.s3.region, endpoint and"
                                + " path-style.";
        };
    }

    private static Path content() {
        try {
            return Files.writeString(Files.createTempFile("avatar-storage-", ".txt"), "avatar-service start check");
        } catch (IOException e) {
            throw new UncheckedIOException("the directory for temporary files is not writable", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be deleted", e);
        }
    }
}
