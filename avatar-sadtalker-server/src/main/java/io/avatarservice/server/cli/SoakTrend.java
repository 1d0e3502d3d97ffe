package io.avatarservice.server.cli;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Tells whether something grew over the life of a server. The first quarter of the samples is the server's youth, in which
 * caches fill and code is compiled; of what follows, the first third is compared with the last one, by their averages.
 */
final class SoakTrend {

    /** So much more, as a part, is noise. */
    private static final double TOLERANCE = 0.10;

    private final List<SoakSample> samples;

    /** @param samples in the order in which they were taken, at least four */
    SoakTrend(List<SoakSample> samples) {
        if (samples.size() < 4) {
            throw new IllegalArgumentException("a trend needs at least four samples");
        }
        this.samples = samples.subList(samples.size() / 4, samples.size());
    }

    /**
     * {@code flat} or {@code grew}.
     *
     * @param slack so much more does not count, however little there was
     */
    String of(ToIntFunction<SoakSample> value, int slack) {
        return isFlat(value, slack) ? "flat" : "grew";
    }

    boolean isFlat(ToIntFunction<SoakSample> value, int slack) {
        int third = Math.max(1, samples.size() / 3);
        double early = average(samples.subList(0, third), value);
        double late = average(samples.subList(samples.size() - third, samples.size()), value);
        return late <= early + Math.max(slack, TOLERANCE * early);
    }

    private static double average(List<SoakSample> part, ToIntFunction<SoakSample> value) {
        return part.stream().mapToInt(value).average().orElseThrow();
    }
}
