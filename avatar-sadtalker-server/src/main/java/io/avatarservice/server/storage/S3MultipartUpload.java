package io.avatarservice.server.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads a large file in parts, so that a lost connection costs one part and not all that came before. */
final class S3MultipartUpload {

    private static final Logger log = LoggerFactory.getLogger(S3MultipartUpload.class);

    private final S3Client client;
    private final int partSize;

    /**
     * @param partSize bytes in each part but the last, held in memory; S3 takes no fewer than 5 MiB
     */
    S3MultipartUpload(S3Client client, int partSize) {
        this.client = client;
        this.partSize = partSize;
    }

    /** Whether a file of this size has more than one part. */
    boolean suits(long size) {
        return size > partSize;
    }

    void upload(ObjectName name, Path file, String contentType) throws IOException {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(name.bucket()).key(name.key()).contentType(contentType))
                .uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> parts = uploadParts(name, upload, file);
            client.completeMultipartUpload(request -> request.bucket(name.bucket())
                    .key(name.key())
                    .uploadId(upload)
                    .multipartUpload(completed -> completed.parts(parts)));
            complete = true;
        } finally {
            if (!complete) {
                abort(name, upload);
            }
        }
    }

    private List<CompletedPart> uploadParts(ObjectName name, String upload, Path file) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        try (FileChannel source = FileChannel.open(file)) {
            long rest = source.size();
            while (rest > 0) {
                byte[] content = read(source, (int) Math.min(partSize, rest));
                parts.add(uploadPart(name, upload, parts.size() + 1, content));
                rest -= content.length;
            }
        }
        return parts;
    }

    private CompletedPart uploadPart(ObjectName name, String upload, int number, byte[] content) {
        UploadPartResponse part = client.uploadPart(
                request -> request.bucket(name.bucket())
                        .key(name.key())
                        .uploadId(upload)
                        .partNumber(number),
                RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(content),
                        content.length,
                        "application/octet-stream"));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumCRC32(part.checksumCRC32())
                .build();
    }

    private static byte[] read(FileChannel source, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (source.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was uploaded");
            }
        }
        return buffer.array();
    }

    /** Parts that nobody completes are stored, and paid for, until the upload is aborted. */
    private void abort(ObjectName name, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(name.bucket()).key(name.key()).uploadId(upload));
        } catch (SdkException e) {
            log.warn(
                    "The parts of a failed upload stay in the bucket {}: {}",
                    name.bucket(),
                    e.getClass().getSimpleName());
        }
    }
}
