package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DiskFailuresTests {

    private static final int DISK_BYTES = 16 * 1024;

    @Test
    void whoseInputsFindADiskFullIsToldToComeAgain() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setMaxSize(DISK_BYTES).build())) {
            Mono<DataBuffer> body =
                    Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[2 * DISK_BYTES]));

            StepVerifier.create(DiskFailures.explained(DataBufferUtils.write(body, disk.getPath("request.json"))))
                    .expectErrorSatisfies(error -> {
                        ProblemException problem = (ProblemException) error;
                        assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE);
                        assertThat(problem).hasMessageContaining("work directory is full");
                    })
                    .verify(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatIsNoFailureOfTheDiskStaysWhatItIs() {
        IllegalStateException other = new IllegalStateException("other");

        StepVerifier.create(DiskFailures.explained(Mono.error(other)))
                .expectErrorMatches(error -> error == other)
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void aClientThatWentAwayIsNoFailureOfTheDisk() {
        IOException gone = new IOException("Connection reset by peer");

        StepVerifier.create(DiskFailures.explained(Mono.error(gone)))
                .expectErrorMatches(error -> error == gone)
                .verify(Duration.ofSeconds(10));
    }
}
