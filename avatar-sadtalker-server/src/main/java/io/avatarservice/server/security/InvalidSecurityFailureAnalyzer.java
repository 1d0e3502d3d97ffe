package io.avatarservice.server.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the server does not start, and what to do, in place of a stack trace. */
class InvalidSecurityFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSecurityException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSecurityException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
