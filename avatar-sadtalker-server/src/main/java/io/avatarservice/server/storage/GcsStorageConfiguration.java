package io.avatarservice.server.storage;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnStorageProvider(StorageProvider.GCS)
class GcsStorageConfiguration {

    private static final URI HOST = URI.create("https://storage.googleapis.com");
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 30_000;
    private static final int ATTEMPTS = 4;
    private static final Duration TOTAL_RETRY_TIME = Duration.ofMinutes(2);

    @Bean
    Storage googleCloudStorage(StorageProperties properties) {
        HttpStorageOptions.Builder options = StorageOptions.http()
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setReadTimeout(READ_MILLIS)
                        .build())
                .setCredentials(credentials(properties.gcs()))
                // what is written under a key is always the same, so that any call may be sent twice
                .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
                .setRetrySettings(StorageOptions.getDefaultRetrySettings().toBuilder()
                        .setMaxAttempts(ATTEMPTS)
                        .setTotalTimeoutDuration(TOTAL_RETRY_TIME)
                        .build());
        if (properties.gcs().endpoint() != null) {
            options.setHost(properties.gcs().endpoint().toString());
        }
        return options.build().getService();
    }

    @Bean
    GcsObjectStore gcsObjectStore(Storage storage, StorageProperties properties) {
        URI endpoint = properties.gcs().endpoint();
        return new GcsObjectStore(storage, endpoint == null ? HOST : endpoint, Clock.systemUTC());
    }

    private static Credentials credentials(StorageProperties.Gcs gcs) {
        if (gcs.endpoint() != null) {
            return NoCredentials.getInstance(); // an emulator asks for none, and must not be shown real ones
        }
        try {
            return GoogleCredentials.getApplicationDefault();
        } catch (IOException e) {
            throw new StorageConfigurationException(
                    "no application default credentials of Google Cloud were found",
                    "Set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account, or run on a machine"
                            + " that has one.");
        }
    }
}
