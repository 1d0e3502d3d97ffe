package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.driver.liveportrait.motion.MotionComposer;
import io.avatarservice.server.driver.liveportrait.motion.MotionScale;
import io.avatarservice.server.torch.FloatTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves the portrait's keypoints after a driving face, in the order of steps of the reference. For one clip. */
final class KeypointDriver {

    /** Lips of the portrait that are less open than this count as closed. */
    private static final float CLOSED_LIPS = 0.03f;

    private final CorrectionNetworks networks;
    private final SourceFace source;
    private final LivePortraitOptions options;
    private final @Nullable FloatTensor lipsClosed;
    private @Nullable Start start;

    KeypointDriver(CorrectionNetworks networks, SourceFace source, LivePortraitOptions options) {
        this.networks = networks;
        this.source = source;
        this.options = options;
        boolean open = source.ratios().lips() >= CLOSED_LIPS;
        lipsClosed = options.lipsClosed() && options.relative() && !options.retargets() && open
                ? networks.lips(source.keypoints(), lips(0))
                : null;
    }

    /**
     * The portrait's keypoints for the next frames.
     *
     * @param driving the motion of the driving face in each
     * @param ratios how far its eyes and lips are open in each
     * @return {@code [B, 21, 3]}
     */
    FloatTensor keypoints(List<HeadMotion> driving, List<OpeningRatios> ratios) {
        FloatTensor moved = adapted(driving, start(driving.get(0)));
        return multiplied(options.retargets() ? retargeted(moved, ratios) : corrected(moved));
    }

    /** What the first driving frame fixes for all. */
    private Start start(HeadMotion first) {
        Start known = start;
        if (known == null) {
            MotionComposer composer = new MotionComposer(
                    source.canonical(), source.motion(), first, options.region(), options.relative());
            FloatTensor keypoints = composer.keypoints(first);
            boolean adapted = options.relative() && options.sizeAdapted();
            known = new Start(
                    composer, keypoints, adapted ? (float) MotionScale.between(source.keypoints(), keypoints) : 1);
            start = known;
        }
        return known;
    }

    private FloatTensor adapted(List<HeadMotion> driving, Start from) {
        FloatTensor moved = FloatTensor.concatenated(
                driving.stream().map(from.composer()::keypoints).toList());
        if (!options.relative() || !options.sizeAdapted()) {
            return moved;
        }
        float[] start = from.keypoints().values();
        float[] own = source.keypoints().values();
        float[] values = moved.values();
        for (int i = 0; i < values.length; i++) {
            int at = i % own.length;
            values[i] = own[at] + (values[i] - start[at]) * from.scale();
        }
        return moved;
    }

    private FloatTensor corrected(FloatTensor moved) {
        FloatTensor fitted = options.stitching() ? networks.stitch(source.keypoints(), moved) : moved;
        if (lipsClosed != null) {
            add(fitted, lipsClosed);
        }
        return fitted;
    }

    /** With relative motion the reference opens and closes the portrait's own face, and nothing else is left of the motion. */
    private FloatTensor retargeted(FloatTensor moved, List<OpeningRatios> ratios) {
        FloatTensor changed = options.relative() ? source.keypoints().repeated(ratios.size()) : moved;
        if (options.eyesRetargeted()) {
            add(changed, networks.eyes(source.keypoints(), eyes(ratios)));
        }
        if (options.lipsRetargeted()) {
            add(changed, networks.lips(source.keypoints(), lips(ratios)));
        }
        return options.stitching() ? networks.stitch(source.keypoints(), changed) : changed;
    }

    private FloatTensor multiplied(FloatTensor moved) {
        if (options.multiplier() == 1) {
            return moved;
        }
        float[] own = source.keypoints().values();
        float[] values = moved.values();
        for (int i = 0; i < values.length; i++) {
            float from = own[i % own.length];
            values[i] = from + (values[i] - from) * (float) options.multiplier();
        }
        return moved;
    }

    private FloatTensor eyes(List<OpeningRatios> driving) {
        float[] values = new float[driving.size() * 3];
        for (int frame = 0; frame < driving.size(); frame++) {
            values[3 * frame] = source.ratios().leftEye();
            values[3 * frame + 1] = source.ratios().rightEye();
            values[3 * frame + 2] = driving.get(frame).leftEye(); // the left one alone, as in the reference
        }
        return FloatTensor.of(values, driving.size(), 3);
    }

    private FloatTensor lips(List<OpeningRatios> driving) {
        float[] values = new float[driving.size() * 2];
        for (int frame = 0; frame < driving.size(); frame++) {
            values[2 * frame] = source.ratios().lips();
            values[2 * frame + 1] = driving.get(frame).lips();
        }
        return FloatTensor.of(values, driving.size(), 2);
    }

    private FloatTensor lips(float wanted) {
        return lips(List.of(new OpeningRatios(0, 0, wanted)));
    }

    /** Adds offsets to keypoints in place, the same to each frame where there are those of one. */
    private static void add(FloatTensor keypoints, FloatTensor offsets) {
        float[] values = keypoints.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += offsets.values()[i % offsets.values().length];
        }
    }

    private record Start(MotionComposer composer, FloatTensor keypoints, float scale) {}
}
