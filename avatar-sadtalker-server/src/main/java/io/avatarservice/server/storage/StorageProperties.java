package io.avatarservice.server.storage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.validation.annotation.Validated;

/**
 * Where finished videos go.
 *
 * @param provider Kind of store.
 * @param bucket Bucket of the videos. The providers 'gcs' and 's3' do not start when not set.
 * @param prefix Beginning of the videos' names in the bucket.
 * @param signedUrlTtl Time for which the address of a video in a bucket is valid, at most seven days. Seconds when no
 *     unit is given.
 * @param publicRead Whether everybody may read the bucket, so that addresses are plain and never expire.
 * @param inputBuckets Buckets from which inputs may be read by 'gs://' or 's3://' address, besides that of the videos.
 *     None when not set.
 * @param uploadAttempts Number of times that storing a finished video is tried before its job fails.
 * @param uploadBackoff Time before the second try; doubled before each further one, up to half a minute.
 * @param local Store in a directory of this machine.
 * @param gcs Store in Google Cloud Storage.
 * @param s3 Store in Amazon S3, or one that speaks its protocol.
 */
@Validated
@ConfigurationProperties("avatar.storage")
public record StorageProperties(
        @DefaultValue("local") StorageProvider provider,
        @Nullable String bucket,
        @DefaultValue("avatar-outputs/") String prefix,

        @DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS) @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration signedUrlTtl,

        // not a primitive: that could not be bound to a variable that is set but empty
        @Name("public") @DefaultValue("false") Boolean publicRead,
        @DefaultValue List<String> inputBuckets,
        @DefaultValue("5") @Positive int uploadAttempts,
        @DefaultValue("2s") @NotNull Duration uploadBackoff,
        @DefaultValue Local local,
        @DefaultValue @Valid Gcs gcs,
        @DefaultValue @Valid S3 s3) {

    public StorageProperties {
        bucket = textOrNull(bucket);
        prefix = asFolder(prefix);
        inputBuckets = List.copyOf(inputBuckets);
    }

    /**
     * Store in a directory of this machine.
     *
     * @param directory Directory of the videos, created when missing; '.avatar-service/media' in the home directory when
     *     not set.
     */
    public record Local(@Nullable Path directory) {

        /** The directory that is used. */
        public Path resolvedDirectory() {
            return directory != null ? directory : Path.of(System.getProperty("user.home"), ".avatar-service", "media");
        }
    }

    /**
     * Store in Google Cloud Storage.
     *
     * @param endpoint Address of an emulator of Google Cloud Storage. The real one when not set.
     */
    public record Gcs(@Nullable URI endpoint) {

        public Gcs {
            endpoint = addressOrNull(endpoint);
        }
    }

    /**
     * Store in Amazon S3, or one that speaks its protocol.
     *
     * @param endpoint Address of a store that speaks the protocol of S3, such as MinIO. Amazon's own when not set.
     * @param publicEndpoint Address under which clients reach that store, the base of video addresses. The same as
     *     'endpoint' when not set.
     * @param region Region of the bucket. Taken from where the AWS SDK looks, or 'us-east-1' with an endpoint, when not
     *     set.
     * @param pathStyle Whether the bucket is named in the path of addresses instead of in the host name.
     */
    public record S3(
            @Nullable URI endpoint,
            @Nullable URI publicEndpoint,
            @Nullable String region,
            @DefaultValue("false") boolean pathStyle) {

        public S3 {
            endpoint = addressOrNull(endpoint);
            publicEndpoint = addressOrNull(publicEndpoint);
            region = textOrNull(region);
        }
    }

    // An environment variable that is set but empty means the same as one that is not set.
    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable URI addressOrNull(@Nullable URI address) {
        return address == null || address.toString().isBlank() ? null : address;
    }

    private static String asFolder(String prefix) {
        String folder = prefix.strip().replaceAll("^/+", "");
        return folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    }
}
