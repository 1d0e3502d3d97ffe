package io.avatarservice.server.storage;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageProperties.class)
@Import({GcsStorageConfiguration.class, S3StorageConfiguration.class})
class StorageConfiguration {

    private static final String PLAIN_STORE = "plainVideoStore";

    @Bean
    @Primary
    VideoStore videoStore(
            @Qualifier(PLAIN_STORE) VideoStore store,
            StorageMetrics metrics,
            StoreCondition condition,
            StorageProperties properties) {
        return new RetryingVideoStore(new MeteredVideoStore(store, metrics, condition), retries(properties));
    }

    @Bean
    StoreCondition storeCondition() {
        return new StoreCondition(Clock.systemUTC());
    }

    @Bean
    StorageMetrics storageMetrics(MeterRegistry registry, StorageProperties properties) {
        return new StorageMetrics(registry, properties.provider());
    }

    private static Retries retries(StorageProperties properties) {
        return new Retries(
                properties.uploadAttempts(), properties.uploadBackoff(), pause -> Thread.sleep(pause.toMillis()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnStorageProvider(StorageProvider.LOCAL)
    static class LocalConfiguration {

        @Bean(PLAIN_STORE)
        LocalVideoStore localVideoStore(StorageProperties properties) {
            return new LocalVideoStore(properties.local().resolvedDirectory());
        }

        @Bean
        ObjectReader objectReader() {
            return new NoObjectReader();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnStorageProvider({StorageProvider.GCS, StorageProvider.S3})
    static class BucketConfiguration {

        @Bean
        VideoFolder videoFolder(StorageProperties properties) {
            if (properties.bucket() == null) {
                throw new StorageConfigurationException(
                        "the provider '%s' needs a bucket"
                                .formatted(properties.provider().wireName()),
                        "Set avatar.storage.bucket (MEDIA_BUCKET) to the name of the bucket.");
            }
            return new VideoFolder(properties.bucket(), properties.prefix(), properties.publicRead());
        }

        @Bean(PLAIN_STORE)
        BucketVideoStore bucketVideoStore(
                ObjectStore objects, VideoFolder folder, StorageProperties properties, StoreCondition condition) {
            if (!new BucketProbe(objects, folder).run()) {
                condition.failed();
            }
            SignedLinks links = new SignedLinks(properties.signedUrlTtl(), Clock.systemUTC());
            return new BucketVideoStore(objects, folder, links);
        }

        @Bean
        ObjectReader objectReader(
                ObjectStore objects, VideoFolder folder, StorageMetrics metrics, StorageProperties properties) {
            Set<String> buckets = new HashSet<>(properties.inputBuckets());
            buckets.add(folder.bucket());
            return new BucketObjectReader(objects, buckets, retries(properties), metrics);
        }
    }
}
