package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What callers can do with batches. Thread-safe; every call blocks. */
public final class BatchService {

    private final BatchStore batches;
    private final JobLedger ledger;

    BatchService(BatchStore batches, JobLedger ledger) {
        this.batches = batches;
        this.ledger = ledger;
    }

    /** Notes which jobs were submitted at once. Sending a batch again with its id replaces the note. */
    public BatchView save(BatchId id, List<Batch.Item> items) {
        Batch batch = new Batch(id, ledger.now(), items);
        batches.save(batch);
        return view(batch);
    }

    /**
     * One batch.
     *
     * @throws ProblemException {@code NOT_FOUND}
     */
    public BatchView get(BatchId id) {
        return batches.find(id)
                .map(this::view)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "there is no batch " + id + "; it is kept as long as one of its jobs, and for a while"));
    }

    private BatchView view(Batch batch) {
        List<JobId> ids = batch.items().stream()
                .map(Batch.Item::job)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<JobId, JobView> jobs = new HashMap<>();
        ledger.views(ids).forEach(view -> jobs.put(view.job().id(), view));
        return new BatchView(batch, jobs);
    }
}
