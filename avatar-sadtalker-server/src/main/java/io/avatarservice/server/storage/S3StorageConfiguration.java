package io.avatarservice.server.storage;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@Configuration(proxyBeanMethods = false)
@ConditionalOnStorageProvider(StorageProvider.S3)
class S3StorageConfiguration {

    private static final int PART_SIZE = 16 << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    @Bean
    AwsCredentialsProvider awsCredentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    @Bean
    S3Client s3Client(StorageProperties properties, AwsCredentialsProvider credentials) {
        StorageProperties.S3 s3 = properties.s3();
        return S3Client.builder()
                .region(region(s3))
                .endpointOverride(s3.endpoint())
                .forcePathStyle(s3.pathStyle())
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .build();
    }

    @Bean
    S3Presigner s3Presigner(StorageProperties properties, AwsCredentialsProvider credentials) {
        StorageProperties.S3 s3 = properties.s3();
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(region(s3))
                .credentialsProvider(credentials)
                .serviceConfiguration(pathStyle(s3));
        URI endpoint = clientEndpoint(s3);
        return endpoint == null
                ? presigner.build()
                : presigner.endpointOverride(endpoint).build();
    }

    @Bean
    S3ObjectStore s3ObjectStore(
            StorageProperties properties, S3Client client, S3Presigner presigner, AwsCredentialsProvider credentials) {
        S3Utilities addresses = S3Utilities.builder()
                .region(region(properties.s3()))
                .endpoint(clientEndpoint(properties.s3()))
                .s3Configuration(pathStyle(properties.s3()))
                .build();
        return new S3ObjectStore(client, presigner, addresses, credentials, new S3MultipartUpload(client, PART_SIZE));
    }

    private static S3Configuration pathStyle(StorageProperties.S3 s3) {
        return S3Configuration.builder().pathStyleAccessEnabled(s3.pathStyle()).build();
    }

    /** Where clients reach the store, which need not be where this server does. */
    private static @Nullable URI clientEndpoint(StorageProperties.S3 s3) {
        return s3.publicEndpoint() != null ? s3.publicEndpoint() : s3.endpoint();
    }

    private static Region region(StorageProperties.S3 s3) {
        if (s3.region() != null) {
            return Region.of(s3.region());
        }
        if (s3.endpoint() != null) {
            return Region.US_EAST_1; // other stores do not mind, but signatures name one
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new StorageConfigurationException(
                    "the region of the bucket is not known", "Set avatar.storage.s3.region (AWS_REGION).");
        }
    }
}
