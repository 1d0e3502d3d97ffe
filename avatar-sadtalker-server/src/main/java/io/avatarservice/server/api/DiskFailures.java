package io.avatarservice.server.api;

import io.avatarservice.server.job.WorkDirectories;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** What callers are told whose inputs cannot be written: on a full disk a directory can still be made, but nothing put in it. */
final class DiskFailures {

    private static final Logger log = LoggerFactory.getLogger(DiskFailures.class);

    private DiskFailures() {}

    /** Fails with {@code STORAGE_UNAVAILABLE} where {@code writing} fails with an I/O error that is not its client's. */
    static <T> Mono<T> explained(Mono<T> writing) {
        return writing.onErrorMap(
                error -> error instanceof IOException && !DisconnectedClientHelper.isClientDisconnectedException(error),
                DiskFailures::explained);
    }

    private static ProblemException explained(Throwable error) {
        log.error("The inputs of a request cannot be written", error);
        return WorkDirectories.unwritable(error);
    }
}
