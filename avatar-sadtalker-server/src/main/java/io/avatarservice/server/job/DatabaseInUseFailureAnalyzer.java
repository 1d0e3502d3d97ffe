package io.avatarservice.server.job;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains the start of a second server in the same state directory. */
final class DatabaseInUseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    // H2's DATABASE_ALREADY_OPEN_1
    private static final int ALREADY_OPEN = 90020;

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException cause) {
        return cause.getErrorCode() != ALREADY_OPEN
                ? null
                : new FailureAnalysis(
                        "The database of the jobs is in use: another server runs with this state directory.",
                        "Give each server a directory of its own with avatar.server.state-dir, or let them share the work"
                                + " through PostgreSQL with spring.datasource.url.",
                        failure);
    }
}
