package io.avatarservice.server.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches in the tables {@code avatar_batch} and {@code avatar_batch_item}. Thread-safe; every call blocks. */
final class BatchStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JobJson json = new JobJson();

    BatchStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Writes a batch in place of an earlier one with its id. */
    void save(Batch batch) {
        transaction.executeWithoutResult(status -> {
            remove(batch.id());
            jdbc.sql("insert into avatar_batch (id, created_at) values (:id, :created_at)")
                    .param("id", batch.id().value())
                    .param("created_at", JobRow.timestamp(batch.createdAt()))
                    .update();
            for (int i = 0; i < batch.items().size(); i++) {
                Batch.Item item = batch.items().get(i);
                jdbc.sql("""
                        insert into avatar_batch_item (batch_id, position, job_id, error)
                        values (:batch, :position, :job, :error)""")
                        .param("batch", batch.id().value())
                        .param("position", i)
                        .param("job", item.job() == null ? null : item.job().value())
                        .param("error", json.error(item.error()))
                        .update();
            }
        });
    }

    Optional<Batch> find(BatchId id) {
        return jdbc.sql("select created_at from avatar_batch where id = :id")
                .param("id", id.value())
                .query((row, number) -> JobRow.time(row, "created_at"))
                .optional()
                .map(createdAt -> new Batch(id, createdAt, items(id)));
    }

    /** Removes the batches that are older and of whose jobs none is kept. */
    void removeForgotten(Instant createdBefore) {
        List<BatchId> forgotten = new ArrayList<>(jdbc.sql("""
                select id from avatar_batch
                where created_at < :before and not exists (select 1 from avatar_batch_item
                    join avatar_job on avatar_job.id = avatar_batch_item.job_id
                    where avatar_batch_item.batch_id = avatar_batch.id)""")
                .param("before", JobRow.timestamp(createdBefore))
                .query((row, number) -> new BatchId(row.getString(1)))
                .list());
        forgotten.forEach(id -> transaction.executeWithoutResult(status -> remove(id)));
    }

    private void remove(BatchId id) {
        jdbc.sql("delete from avatar_batch_item where batch_id = :id")
                .param("id", id.value())
                .update();
        jdbc.sql("delete from avatar_batch where id = :id")
                .param("id", id.value())
                .update();
    }

    private List<Batch.Item> items(BatchId id) {
        return jdbc.sql("select job_id, error from avatar_batch_item where batch_id = :id order by position")
                .param("id", id.value())
                .query((row, number) -> {
                    String job = row.getString(1);
                    return new Batch.Item(job == null ? null : new JobId(job), json.error(row.getString(2)));
                })
                .list();
    }
}
