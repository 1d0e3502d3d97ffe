package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.driver.liveportrait.motion.RandomWalkSmoother;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Motion without its jitter. What a frame becomes depends on those after it too, so all of them are looked at before the first
 * is rendered; about a kilobyte is kept of each.
 */
final class SmoothedMotion implements DrivingMotion {

    private final List<HeadMotion> frames;
    private int position;

    private SmoothedMotion(List<HeadMotion> frames) {
        this.frames = frames;
    }

    /**
     * Reads all motion and smooths rotation and expression, each number by itself, as the reference does for portraits that
     * are videos.
     *
     * @param batch how many frames are looked at at once
     */
    static SmoothedMotion of(DrivingMotion motion, int batch, RandomWalkSmoother smoother) {
        List<HeadMotion> frames = new ArrayList<>();
        for (List<HeadMotion> next = motion.next(batch); !next.isEmpty(); next = motion.next(batch)) {
            frames.addAll(next);
        }
        smooth(frames, HeadMotion::rotation, smoother);
        smooth(frames, HeadMotion::expression, smoother);
        return new SmoothedMotion(frames);
    }

    private static void smooth(
            List<HeadMotion> frames, Function<HeadMotion, FloatTensor> part, RandomWalkSmoother smoother) {
        if (frames.isEmpty()) {
            return;
        }
        int numbers = part.apply(frames.get(0)).values().length;
        double[] observed = new double[frames.size()];
        for (int number = 0; number < numbers; number++) {
            for (int frame = 0; frame < observed.length; frame++) {
                observed[frame] = part.apply(frames.get(frame)).values()[number];
            }
            double[] smooth = smoother.smooth(observed);
            for (int frame = 0; frame < observed.length; frame++) {
                part.apply(frames.get(frame)).values()[number] = (float) smooth[frame];
            }
        }
    }

    @Override
    public List<HeadMotion> next(int most) {
        int to = Math.min(position + most, frames.size());
        List<HeadMotion> next = frames.subList(position, to);
        position = to;
        return next;
    }
}
