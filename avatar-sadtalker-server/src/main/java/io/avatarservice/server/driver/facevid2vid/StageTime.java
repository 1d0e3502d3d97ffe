package io.avatarservice.server.driver.facevid2vid;

import java.time.Duration;

/**
 * How long one stage of the pipeline takes.
 *
 * @param stage its name
 * @param batch items at once
 * @param amount what one run yields, in {@code unit}
 * @param unit what is counted, in the plural
 * @param first the first run, which finds no kernel chosen and no memory reserved
 * @param best the shortest of the runs after it: what else the machine does only ever adds to a time
 */
public record StageTime(String stage, int batch, double amount, String unit, Duration first, Duration best) {

    /** The speed, in {@code unit} per second. */
    public double perSecond() {
        return amount / (best.toNanos() / 1e9);
    }
}
