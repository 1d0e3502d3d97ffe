package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.media.FrameRate;
import java.util.List;
import java.util.Optional;

/** Brings pictures that come at any time to a constant rate. */
final class Cadence {

    /** For a video of one picture that states none. */
    private static final FrameRate STILL = FrameRate.of(25);

    /** Players and screens show no more. */
    private static final int HIGHEST = 60;

    /** The header's rate is an average, so that what it states and what was seen differ a little. */
    private static final double TOLERANCE = 0.02;

    private static final int THOUSAND = 1000;

    /**
     * How much of a frame's time may be over when its picture comes. No simple fraction: where every second or fourth picture
     * is shown, the others come at fractions.
     */
    private static final double LATEST = 0.3;

    /** Measured times are rounded, to milliseconds in Matroska; a rate so near to one of these is that rate. */
    private static final double NEAR = 0.002;

    private static final List<FrameRate> USUAL = List.of(
            new FrameRate(24_000, 1001),
            FrameRate.of(24),
            FrameRate.of(25),
            new FrameRate(30_000, 1001),
            FrameRate.of(30),
            FrameRate.of(50),
            new FrameRate(60_000, 1001),
            FrameRate.of(60));

    /** A last picture that comes in the middle between two frames is left out. */
    private static final double HALF = 0.501;

    private Cadence() {}

    /**
     * The rate of a video: the one that its header states, unless the pictures' times say otherwise.
     *
     * @param seconds when each picture is shown, ascending from 0
     */
    static FrameRate rate(Optional<FrameRate> stated, double[] seconds) {
        if (seconds.length < 2) {
            return limited(stated.orElse(STILL));
        }
        double measured = (seconds.length - 1) / seconds[seconds.length - 1];
        return limited(stated.filter(rate -> Math.abs(rate.perSecond() / measured - 1) <= TOLERANCE)
                .orElseGet(() -> usual(measured)));
    }

    private static FrameRate usual(double measured) {
        return USUAL.stream()
                .filter(rate -> Math.abs(rate.perSecond() / measured - 1) <= NEAR)
                .findFirst()
                .orElseGet(() -> new FrameRate((int) Math.max(1, Math.round(measured * THOUSAND)), THOUSAND));
    }

    /** Half the rate, or a third, where it is too high; one frame a second where it is too low. */
    private static FrameRate limited(FrameRate rate) {
        if (rate.perSecond() < 1) {
            return FrameRate.of(1);
        }
        int divisor = (int) Math.ceil(rate.perSecond() / HIGHEST);
        if (rate.numerator() % divisor == 0) {
            return new FrameRate(rate.numerator() / divisor, rate.denominator());
        }
        long denominator = (long) rate.denominator() * divisor;
        return denominator > Integer.MAX_VALUE
                ? FrameRate.of(HIGHEST)
                : new FrameRate(rate.numerator(), (int) denominator);
    }

    /**
     * Which picture is seen in each frame: the last that is shown by then, or hardly later: times are rounded.
     *
     * @param seconds when each picture is shown, ascending from 0
     */
    static int[] pictures(FrameRate rate, double[] seconds) {
        int frames = (int) Math.ceil(seconds[seconds.length - 1] * rate.perSecond() - HALF) + 1;
        int[] pictures = new int[frames];
        int picture = 0;
        for (int frame = 0; frame < frames; frame++) {
            double latest = (frame + LATEST) / rate.perSecond();
            while (picture + 1 < seconds.length && seconds[picture + 1] < latest) {
                picture++;
            }
            pictures[frame] = picture;
        }
        return pictures;
    }
}
