package io.avatarservice.server.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A server that speaks the protocol of S3, in this process and in memory. It checks signatures and their expiry. */
public final class S3ProxyServer implements AutoCloseable {

    public static final String ACCESS_KEY = "local-identity";
    public static final String SECRET_KEY = "local-credential";

    /** The least that S3 takes. */
    static final int PART_SIZE = 5 << 20;

    private static final S3Configuration PATH_STYLE =
            S3Configuration.builder().pathStyleAccessEnabled(true).build();

    private final S3Proxy proxy;
    private final S3Client client;

    public S3ProxyServer(String bucket) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.identity", ACCESS_KEY);
        properties.setProperty("jclouds.credential", SECRET_KEY);
        BlobStore blobs = BlobStores.create("transient-nio2", properties);
        proxy = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        proxy.start();
        client = client(ACCESS_KEY, endpoint());
        client.createBucket(request -> request.bucket(bucket));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    public S3Client client() {
        return client;
    }

    ObjectStore objects() {
        return objects(client, ACCESS_KEY, endpoint());
    }

    /** The store as seen with these credentials at this address. */
    static ObjectStore objects(String accessKey, URI endpoint) {
        return objects(client(accessKey, endpoint), accessKey, endpoint);
    }

    private static ObjectStore objects(S3Client client, String accessKey, URI endpoint) {
        return new S3ObjectStore(
                client,
                S3Presigner.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(endpoint)
                        .credentialsProvider(credentials(accessKey))
                        .serviceConfiguration(PATH_STYLE)
                        .build(),
                S3Utilities.builder()
                        .region(Region.US_EAST_1)
                        .endpoint(endpoint)
                        .s3Configuration(PATH_STYLE)
                        .build(),
                credentials(accessKey),
                new S3MultipartUpload(client, PART_SIZE));
    }

    static S3Client client(String accessKey, URI endpoint) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(credentials(accessKey))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                .build();
    }

    private static AwsCredentialsProvider credentials(String accessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, SECRET_KEY));
    }

    @Override
    public void close() {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
