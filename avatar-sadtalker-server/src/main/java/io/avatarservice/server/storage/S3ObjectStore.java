package io.avatarservice.server.storage;

import io.avatarservice.server.storage.ObjectStoreException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/** Amazon S3 and the stores that speak its protocol. The SDK has every upload checked by its CRC32. */
final class S3ObjectStore implements ObjectStore {

    private static final int BUFFER = 1 << 16;

    private final S3Client client;
    private final S3Presigner presigner;
    private final S3Utilities addresses;
    private final AwsCredentialsProvider credentials;
    private final S3MultipartUpload multipart;

    /**
     * @param presigner signs, and {@code addresses} forms, addresses as clients reach the store
     * @param credentials what {@code client} and {@code presigner} use
     */
    S3ObjectStore(
            S3Client client,
            S3Presigner presigner,
            S3Utilities addresses,
            AwsCredentialsProvider credentials,
            S3MultipartUpload multipart) {
        this.client = client;
        this.presigner = presigner;
        this.addresses = addresses;
        this.credentials = credentials;
        this.multipart = multipart;
    }

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public void put(ObjectName name, Path file, String contentType) {
        S3Failures.explaining(() -> {
            long size = Files.size(file);
            if (multipart.suits(size)) {
                multipart.upload(name, file, contentType);
            } else {
                client.putObject(
                        request -> request.bucket(name.bucket()).key(name.key()).contentType(contentType),
                        RequestBody.fromFile(file));
            }
            checkSize(name, size);
            return name;
        });
    }

    @Override
    public void read(ObjectName name, Consumer<ByteBuffer> sink) {
        S3Failures.explaining(() -> {
            try (ResponseInputStream<GetObjectResponse> content =
                    client.getObject(request -> request.bucket(name.bucket()).key(name.key()))) {
                copy(content, sink);
            }
            return name;
        });
    }

    @Override
    public void delete(ObjectName name) {
        S3Failures.explaining(() ->
                client.deleteObject(request -> request.bucket(name.bucket()).key(name.key())));
    }

    @Override
    public VideoLink sign(ObjectName name, Duration lifetime) {
        return S3Failures.explaining(() -> {
            PresignedGetObjectRequest signed = presigner.presignGetObject(presign -> presign.signatureDuration(lifetime)
                    .getObjectRequest(request -> request.bucket(name.bucket()).key(name.key())));
            return new VideoLink(URI.create(signed.url().toString()), earlier(signed.expiration()));
        });
    }

    @Override
    public URI plainUrl(ObjectName name) {
        return URI.create(addresses
                .getUrl(request -> request.bucket(name.bucket()).key(name.key()))
                .toString());
    }

    /** An address that temporary credentials signed goes with them. */
    private Instant earlier(Instant expiration) {
        return credentials
                .resolveCredentials()
                .expirationTime()
                .filter(end -> end.isBefore(expiration))
                .orElse(expiration);
    }

    private void checkSize(ObjectName name, long size) {
        long stored = client.headObject(request -> request.bucket(name.bucket()).key(name.key()))
                .contentLength();
        if (stored != size) {
            throw new ObjectStoreException(
                    Kind.UNAVAILABLE, "%d of %d bytes arrived in the bucket".formatted(stored, size));
        }
    }

    private static void copy(ResponseInputStream<GetObjectResponse> content, Consumer<ByteBuffer> sink)
            throws IOException {
        boolean whole = false;
        try {
            byte[] buffer = new byte[BUFFER];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                sink.accept(ByteBuffer.wrap(buffer, 0, length));
            }
            whole = true;
        } finally {
            if (!whole) {
                content.abort(); // closing alone would read the rest first
            }
        }
    }
}
