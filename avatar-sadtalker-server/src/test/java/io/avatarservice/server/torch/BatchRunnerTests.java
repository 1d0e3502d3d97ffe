package io.avatarservice.server.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchRunnerTests {

    private final AtomicInteger released = new AtomicInteger();
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Integer> results = new ArrayList<>();

    @Test
    void theLastBatchIsFilledUpAndItsResultsAreCut() {
        runner(4).run(items(6), this::negated, results::add);

        assertThat(batches).containsExactly(List.of(1, 2, 3, 4), List.of(5, 6, 6, 6));
        assertThat(results).containsExactly(-1, -2, -3, -4, -5, -6);
    }

    @Test
    void nothingRunsForNoItems() {
        runner(4).run(List.of(), this::negated, results::add);

        assertThat(batches).isEmpty();
    }

    @Test
    void outOfMemoryHalvesTheBatchOnceAndForGood() {
        BatchRunner runner = runner(4);

        runner.run(items(5), fitting(2), results::add);

        assertThat(batches).extracting(List::size).containsExactly(4, 2, 2, 2);
        assertThat(results).containsExactly(-1, -2, -3, -4, -5);
        assertThat(released).hasValue(1);
        assertThat(runner.batchSize()).isEqualTo(2);
    }

    @Test
    void whereHalfDoesNotFitEitherTheNumbersAreTold() {
        BatchRunner runner = runner(4);

        assertThatThrownBy(() -> runner.run(items(5), fitting(1), results::add))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.RENDER_FAILED))
                .hasMessage("out of memory with 2 frames in a batch; 100 of 2000 MB are free on the device")
                .hasCauseInstanceOf(OutOfDeviceMemoryException.class);
        assertThat(released).hasValue(2);
        assertThat(results).isEmpty();
    }

    @Test
    void oneItemCannotBeHalved() {
        BatchRunner runner = runner(1);

        assertThatThrownBy(() -> runner.run(items(1), fitting(0), results::add))
                .hasMessageStartingWith("out of memory with 1 frames");
        assertThat(batches).hasSize(1);
    }

    @Test
    void otherFailuresPassThrough() {
        BatchRunner runner = runner(2);

        assertThatThrownBy(() -> runner.<Integer, Integer>run(
                        items(2),
                        (batch, wanted) -> {
                            throw new TorchException("wrong shape", null);
                        },
                        results::add))
                .isExactlyInstanceOf(TorchException.class);
        assertThat(released).hasValue(0);
    }

    private BatchRunner runner(int batchSize) {
        return new BatchRunner(
                batchSize, () -> new DeviceMemory(100_000_000, 2_000_000_000), released::incrementAndGet);
    }

    private BatchRunner.BatchFunction<Integer, Integer> fitting(int most) {
        return (batch, wanted) -> {
            List<Integer> negated = negated(batch, wanted);
            if (batch.size() > most) {
                throw new OutOfDeviceMemoryException("CUDA out of memory", null);
            }
            return negated;
        };
    }

    private List<Integer> negated(List<Integer> batch, int wanted) {
        batches.add(List.copyOf(batch));
        return batch.stream().map(item -> -item).toList();
    }

    private static List<Integer> items(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }
}
