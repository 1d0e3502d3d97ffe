package io.avatarservice.server.storage;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that fails for its store. */
final class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StorageConfigurationException cause) {
        return new FailureAnalysis("The videos cannot be stored: " + cause.getMessage(), cause.action(), cause);
    }
}
