package io.avatarservice.client.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that an {@link AvatarConfigurationException} has stopped. */
final class AvatarConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<AvatarConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AvatarConfigurationException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
