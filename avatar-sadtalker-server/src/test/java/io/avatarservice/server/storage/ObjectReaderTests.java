package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.ObjectStoreException.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReaderTests {

    private final FailingStore objects = new FailingStore();
    private final ObjectReader reader = new BucketObjectReader(
            objects,
            Set.of("inputs", "my_bucket"),
            new Retries(3, Duration.ofSeconds(1), pause -> {}),
            new StorageMetrics(new SimpleMeterRegistry(), StorageProvider.GCS));

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"gs,true", "S3,true", "https,false", "file,false"})
    void knowsTheSchemesOfCloudStores(String scheme, boolean reads) {
        assertThat(ObjectReader.reads(scheme)).isEqualTo(reads);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://inputs/portrait.png",
                "GS://inputs/a/b c?d#e%41.png",
                "gs://my_bucket/ü.png",
            })
    void anAddressSurvivesItsUri(String address) {
        URI uri = reader.check(address, "image_url");

        assertThat(ObjectAddress.of(uri))
                .isEqualTo(ObjectAddress.parse(address))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://inputs", "gs://inputs/", "gs:///portrait.png", "gs:inputs/a", "gs://user@inputs/a"})
    void whatNamesNoObjectIsRefused(String address) {
        refusedAtOnce(address).withMessage("image_url must be an address of the form gs://bucket/object");
    }

    @Test
    void aBucketThatIsNotAllowedIsRefusedByItsName() {
        refusedAtOnce("gs://secrets/key.json")
                .withMessage("image_url names the bucket 'secrets', from which this server may not read");
    }

    @Test
    void anotherKindOfStoreIsRefused() {
        refusedAtOnce("s3://inputs/a.png")
                .withMessage("image_url must have the form gs://bucket/object: this server reads no s3://");
    }

    @Test
    void aServerWithoutACloudStoreRefusesEveryObject() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new NoObjectReader().check("gs://inputs/a.png", "image_url"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST))
                .withMessageStartingWith("image_url must be an absolute http or https URL");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_OBJECT,INVALID_REQUEST,1",
        "NO_BUCKET,INVALID_REQUEST,1",
        "DENIED,INVALID_REQUEST,1",
        "UNAVAILABLE,STORAGE_UNAVAILABLE,3"
    })
    void aFailureIsTheRequestsOrTheStores(Kind kind, ProblemCode code, int reads) {
        objects.kind = kind;
        URI address = reader.check("gs://inputs/a.png", "image_url");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.read(address, directory.resolve("image"), 10, "image_url"))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.field()).isEqualTo("image_url");
                });
        assertThat(objects.reads).isEqualTo(reads);
        assertThat(directory).isEmptyDirectory();
    }

    private ThrowableAssertAlternative<ProblemException> refusedAtOnce(String address) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.check(address, "image_url"))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(problem.field()).isEqualTo("image_url");
                });
    }

    private static final class FailingStore implements ObjectStore {

        private Kind kind = Kind.UNAVAILABLE;
        private int reads;

        @Override
        public String scheme() {
            return "gs";
        }

        @Override
        public void read(ObjectName name, Consumer<ByteBuffer> sink) {
            reads++;
            sink.accept(ByteBuffer.wrap(new byte[3]));
            throw new ObjectStoreException(kind, "broken at https://store.example.com/?upload_id=secret");
        }

        @Override
        public void put(ObjectName name, Path file, String contentType) {
            throw new AssertionError("nothing is stored here");
        }

        @Override
        public void delete(ObjectName name) {
            throw new AssertionError("nothing is stored here");
        }

        @Override
        public VideoLink sign(ObjectName name, Duration lifetime) {
            throw new AssertionError("nothing is stored here");
        }

        @Override
        public URI plainUrl(ObjectName name) {
            throw new AssertionError("nothing is stored here");
        }
    }
}
