package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The work directory takes nothing for a while. */
class WorkDirectoryOutageIT extends ServerIT {

    @Test
    void submissionsAreRefusedForNowAndAcceptedOnceThereIsRoom() throws IOException {
        Path away = work.root().resolveSibling("away");
        Files.move(work.root(), away);
        Files.writeString(work.root(), "no directory");

        try {
            post("/v1/jobs", goodRequest())
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("STORAGE_UNAVAILABLE")
                    .jsonPath("$.detail")
                    .value(detail -> assertThat((String) detail)
                            .contains("work directory")
                            .doesNotContain(work.root().toString()));
        } finally {
            Files.delete(work.root());
            Files.move(away, work.root());
        }

        awaitStatus(submit(), "completed");
    }
}
