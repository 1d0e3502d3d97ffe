package io.avatarservice.server.webhook;

import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.fetch.RefusedUrlException;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** What callers can do with webhooks. Thread-safe; every call but {@link #check} blocks. */
public final class WebhookService {

    /** The request field with the URL. */
    public static final String FIELD = "webhook_url";

    private static final int LONGEST_URL = 2048;

    private final WebhookStore store;
    private final WebhookOutbox outbox;
    private final WebhookSecrets secrets;
    private final FetchGuard guard;
    private final TransactionTemplate transaction;
    private final Clock clock;

    WebhookService(
            WebhookStore store,
            WebhookOutbox outbox,
            WebhookSecrets secrets,
            FetchGuard guard,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.secrets = secrets;
        this.guard = guard;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Checks the URL of a request. What its host resolves to is checked at each call.
     *
     * @throws ProblemException {@code UNSUPPORTED} where there is no secret to sign with, {@code INVALID_REQUEST} where the
     *     URL cannot be used
     */
    public URI check(String text) {
        requireSecrets();
        if (text.length() > LONGEST_URL) {
            throw invalid(FIELD + " has more than " + LONGEST_URL + " characters");
        }
        try {
            return guard.checkAddress(text.strip());
        } catch (RefusedUrlException e) {
            throw invalid(FIELD + ": " + e.reason());
        }
    }

    /**
     * The delivery for a job.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public WebhookDelivery get(JobId job) {
        return store.find(job).orElseThrow(() -> unknown(job));
    }

    /**
     * Delivers once more, or at once where a later attempt is due; the message keeps its id.
     *
     * @throws ProblemException {@code NOT_FOUND}, {@code CONFLICT} where the job has not ended, or {@code UNSUPPORTED} where
     *     there is no secret to sign with
     */
    public WebhookDelivery redeliver(JobId job) {
        get(job);
        requireSecrets();
        Optional<WebhookDelivery> begun =
                Objects.requireNonNull(transaction.execute(status -> outbox.redeliver(job, clock.instant())));
        return begun.orElseThrow(() -> new ProblemException(
                ProblemCode.CONFLICT, "job " + job + " has not ended: there is nothing to deliver yet"));
    }

    private void requireSecrets() {
        if (secrets.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED,
                    FIELD,
                    FIELD
                            + " is not supported: this server has no secret to sign calls with (avatar.webhooks.secrets)");
        }
    }

    private static ProblemException unknown(JobId job) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "there is no job " + job + " that was submitted with a " + FIELD);
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, FIELD, message);
    }
}
