package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.job.Batch;
import io.avatarservice.server.job.BatchView;
import io.avatarservice.server.job.JobStatus;
import io.avatarservice.server.job.JobView;
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoLink;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A batch as clients see it. */
@Schema(name = "Batch")
@JsonNaming(SnakeCaseStrategy.class)
record WireBatch(
        @Schema(description = "Name of the batch") String id,

        @Schema(description = "When it was submitted") Instant createdAt,

        @Schema(description = "How many of the jobs are in which state")
        Counts counts,

        @Schema(description = "What became of each, in the order of the request")
        List<Item> jobs) {

    static WireBatch of(BatchView view, Function<VideoKey, VideoLink> link) {
        List<Batch.Item> items = view.batch().items();
        return new WireBatch(
                view.batch().id().value(),
                view.batch().createdAt(),
                Counts.of(view),
                IntStream.range(0, items.size())
                        .mapToObj(index -> Item.of(index, items.get(index), view, link))
                        .toList());
    }

    /** Jobs by state. */
    @Schema(name = "BatchCounts")
    record Counts(
            int queued,
            int running,
            int completed,
            int error,
            int cancelled,

            @Schema(description = "Never became jobs") int refused,

            @Schema(description = "Have finished and are kept no longer")
            int forgotten) {

        static Counts of(BatchView view) {
            return new Counts(
                    count(view, JobStatus.QUEUED),
                    count(view, JobStatus.RUNNING),
                    count(view, JobStatus.COMPLETED),
                    count(view, JobStatus.ERROR),
                    count(view, JobStatus.CANCELLED),
                    (int) view.batch().items().stream()
                            .filter(item -> item.job() == null)
                            .count(),
                    (int) view.batch().items().stream()
                            .filter(item -> item.job() != null && job(item, view) == null)
                            .count());
        }

        private static int count(BatchView view, JobStatus status) {
            return (int) view.batch().items().stream()
                    .map(item -> job(item, view))
                    .filter(job -> job != null && job.job().status() == status)
                    .count();
        }
    }

    /** One job of a batch. */
    @Schema(name = "BatchItem")
    @JsonNaming(SnakeCaseStrategy.class)
    record Item(
            @Schema(description = "Position in the request, from 0")
            int index,

            @Schema(description = "Name of the job; null where it was refused", nullable = true) @Nullable String jobId,

            @Schema(description = "The job; null where it was refused or is kept no longer", nullable = true) @Nullable WireJob job,

            @Schema(description = "Why it was refused", nullable = true) @Nullable WireError error) {

        static Item of(int index, Batch.Item item, BatchView view, Function<VideoKey, VideoLink> link) {
            JobView job = WireBatch.job(item, view);
            return new Item(
                    index,
                    item.job() == null ? null : item.job().value(),
                    job == null ? null : WireJob.of(job, link),
                    WireError.of(item.error()));
        }
    }

    private static @Nullable JobView job(Batch.Item item, BatchView view) {
        return item.job() == null ? null : view.jobs().get(item.job());
    }
}
