package io.avatarservice.server.api;

import io.avatarservice.server.job.Batch;
import io.avatarservice.server.job.BatchId;
import io.avatarservice.server.job.BatchService;
import io.avatarservice.server.job.BatchView;
import io.avatarservice.server.job.IdempotencyKey;
import io.avatarservice.server.job.JobError;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobRequest;
import io.avatarservice.server.job.WorkDirectories;
import io.avatarservice.server.job.WorkDirectory;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.security.Caller;
import io.avatarservice.server.security.JobSlot;
import io.avatarservice.server.storage.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Turns a request into many jobs. Each is checked and submitted by itself: one that is refused keeps no other back. */
@Component
class Batches {

    private final Submissions submissions;
    private final BatchRequestReader reader;
    private final WorkDirectories directories;
    private final BatchService batches;
    private final ObjectReader objects;
    private final ServerProperties properties;
    private final JsonBodies bodies;

    Batches(
            Submissions submissions,
            WorkDirectories directories,
            BatchService batches,
            ObjectReader objects,
            ServerProperties properties,
            MediaProperties limits,
            JsonBodies bodies) {
        this.submissions = submissions;
        this.reader = new BatchRequestReader(new JsonRequestReader(limits), properties.maxBatchSize());
        this.directories = directories;
        this.batches = batches;
        this.objects = objects;
        this.properties = properties;
        this.bodies = bodies;
    }

    /** Submits the jobs of the request; fails where none of them is accepted. */
    Mono<BatchView> submit(ServerWebExchange exchange) {
        return GateKeeper.leavingAfter(DiskFailures.explained(read(exchange)));
    }

    private Mono<BatchView> read(ServerWebExchange exchange) {
        return Mono.usingWhen(
                Blocking.call(directories::create),
                directory -> bodies.receive(
                        new UploadBody(exchange.getRequest(), properties.maxJsonSize()),
                        directory.path(),
                        body -> submit(exchange, body, Submissions.idempotencyKey(exchange))),
                directory -> Blocking.run(directory::discard),
                (directory, error) -> Blocking.run(directory::discard),
                directory -> Blocking.run(directory::discard));
    }

    private BatchView submit(ServerWebExchange exchange, JsonBody body, @Nullable IdempotencyKey key)
            throws IOException {
        List<Batch.Item> items = new ArrayList<>();
        reader.read(body, fields -> items.add(item(exchange, fields, key(key, items.size()))));
        if (items.stream().allMatch(item -> item.job() == null)) {
            throw noneAccepted(items);
        }
        BatchId id =
                key == null ? BatchId.random() : BatchId.of(Caller.of(exchange).name(), key);
        return batches.save(id, items);
    }

    private Batch.Item item(
            ServerWebExchange exchange, BatchRequestReader.FieldReader fields, @Nullable IdempotencyKey key)
            throws IOException {
        WorkDirectory directory = directories.create();
        try {
            RequestDraft draft = new RequestDraft(directory, objects);
            fields.into(draft);
            return Batch.Item.accepted(submit(exchange, submissions.request(exchange, draft, null, key)));
        } catch (ProblemException e) {
            return Batch.Item.refused(new JobError(e.code(), e.reason(), e.field()));
        } finally {
            directory.discard();
        }
    }

    private JobId submit(ServerWebExchange exchange, JobRequest request) {
        JobSlot slot = submissions.reserve(exchange);
        try {
            return submissions.submit(exchange, slot, request).view().job().id();
        } finally {
            slot.releaseUnlessHeld();
        }
    }

    /** Each job has a key of its own, made from that of the batch. */
    private static @Nullable IdempotencyKey key(@Nullable IdempotencyKey batch, int position) {
        if (batch == null) {
            return null;
        }
        String key = batch.value() + "#" + position;
        if (!IdempotencyKey.isValid(key)) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "Idempotency-Key",
                    "the Idempotency-Key of a batch must leave room for '#' and the position of each job");
        }
        return new IdempotencyKey(key);
    }

    private static ProblemException noneAccepted(List<Batch.Item> items) {
        JobError first = Objects.requireNonNull(items.get(0).error());
        return new ProblemException(
                first.code(),
                first.field() == null ? null : "jobs[0]." + first.field(),
                "none of the %d jobs was accepted; the first: %s".formatted(items.size(), first.message()));
    }
}
