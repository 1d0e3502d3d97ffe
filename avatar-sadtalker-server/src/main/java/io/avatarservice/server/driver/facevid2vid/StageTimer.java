package io.avatarservice.server.driver.facevid2vid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.time.Duration;

/** Takes times. */
public final class StageTimer {

    /** Runs of a stage that takes little beside the renderer. */
    public static final int SMALL_RUNS = 3;

    private StageTimer() {}

    /** A stage that takes one item at a time. */
    public static StageTime small(String stage, String unit, double amount, Runnable run) {
        return time(stage, 1, unit, SMALL_RUNS, amount, run);
    }

    /** Runs a stage once, and then {@code runs} times. */
    public static StageTime time(String stage, int batch, String unit, int runs, double amount, Runnable run) {
        Duration first = timed(run);
        Duration best = timed(run);
        for (int i = 1; i < runs; i++) {
            Duration time = timed(run);
            best = time.compareTo(best) < 0 ? time : best;
        }
        return new StageTime(stage, batch, amount, unit, first, best);
    }

    public static Duration timed(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Waits until the device has computed an array, by fetching one element. */
    public static void await(NDArray array) {
        try (NDManager scope = array.getManager().newSubManager()) {
            NDArray flat = array.reshape(-1);
            flat.attach(scope);
            NDArray one = flat.get("0:1");
            one.attach(scope);
            NDArray single = one.toType(DataType.FLOAT32, true);
            single.attach(scope);
            single.toFloatArray();
        }
    }
}
