package io.avatarservice.server.storage;

import com.google.auth.ServiceAccountSigner;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.SignUrlOption;
import io.avatarservice.server.storage.ObjectStoreException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Google Cloud Storage. Uploads go on where a connection was lost; the store checks each by its CRC32C. */
final class GcsObjectStore implements ObjectStore {

    private static final int BUFFER = 1 << 16;

    private final Storage storage;
    private final URI host;
    private final Clock clock;

    /**
     * @param host what the addresses of public objects begin with
     * @param clock tells when signed addresses expire
     */
    GcsObjectStore(Storage storage, URI host, Clock clock) {
        this.storage = storage;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return "gs";
    }

    @Override
    public void put(ObjectName name, Path file, String contentType) {
        GcsFailures.explaining(Kind.NO_BUCKET, () -> {
            BlobInfo description = BlobInfo.newBuilder(id(name))
                    .setContentType(contentType)
                    .setCrc32c(crc32c(file))
                    .build();
            Blob blob = storage.createFrom(description, file, BlobWriteOption.crc32cMatch());
            checkSize(blob, Files.size(file));
            return blob;
        });
    }

    @Override
    public void read(ObjectName name, Consumer<ByteBuffer> sink) {
        GcsFailures.explaining(Kind.NO_OBJECT, () -> {
            Blob blob = storage.get(id(name));
            if (blob == null) {
                throw new ObjectStoreException(Kind.NO_OBJECT, "there is no object of this name");
            }
            try (ReadChannel content = blob.reader()) {
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                while (content.read(buffer) >= 0) {
                    sink.accept(buffer.flip());
                    buffer.clear();
                }
            }
            return blob;
        });
    }

    @Override
    public void delete(ObjectName name) {
        GcsFailures.explaining(Kind.NO_BUCKET, () -> storage.delete(id(name)));
    }

    @Override
    public VideoLink sign(ObjectName name, Duration lifetime) {
        if (!(storage.getOptions().getCredentials() instanceof ServiceAccountSigner)) {
            throw new ObjectStoreException(Kind.CANNOT_SIGN, "the credentials in use are no service account's");
        }
        // the signature counts whole seconds
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return GcsFailures.explaining(Kind.NO_BUCKET, () -> {
            String url = storage.signUrl(
                            BlobInfo.newBuilder(id(name)).build(),
                            lifetime.toSeconds(),
                            TimeUnit.SECONDS,
                            SignUrlOption.withV4Signature())
                    .toString();
            return new VideoLink(URI.create(url), now.plus(lifetime));
        });
    }

    @Override
    public URI plainUrl(ObjectName name) {
        try {
            String path = new URI(null, null, "/" + name, null).toASCIIString();
            return URI.create(host.toString().replaceFirst("/+$", "") + path);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a bucket and a key always make a path", e);
        }
    }

    private static BlobId id(ObjectName name) {
        return BlobId.of(name.bucket(), name.key());
    }

    private static void checkSize(Blob blob, long size) {
        if (blob.getSize() == null || blob.getSize() != size) {
            throw new ObjectStoreException(
                    Kind.UNAVAILABLE, "%d of %d bytes arrived in the bucket".formatted(blob.getSize(), size));
        }
    }

    /** In the form of the API: Base64 of the four bytes, the highest first. */
    private static String crc32c(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        try (FileChannel content = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (content.read(buffer) >= 0) {
                checksum.update(buffer.flip());
                buffer.clear();
            }
        }
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
