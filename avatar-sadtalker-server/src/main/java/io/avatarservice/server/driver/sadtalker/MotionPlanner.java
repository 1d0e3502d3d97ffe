package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.motion.BlinkCurve;
import io.avatarservice.server.driver.sadtalker.motion.CoefficientLayout;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.driver.sadtalker.motion.PoseBlocks;
import io.avatarservice.server.driver.sadtalker.motion.PoseLatents;
import io.avatarservice.server.driver.sadtalker.motion.PoseSmoothing;
import io.avatarservice.server.driver.sadtalker.motion.ReferenceExpression;
import io.avatarservice.server.driver.sadtalker.motion.ReferencePose;
import io.avatarservice.server.torch.FloatTensor;
import java.util.Arrays;

/** Turns speech into the coefficients of every frame. */
final class MotionPlanner {

    private final SpeechNetworks networks;

    MotionPlanner(SpeechNetworks networks) {
        this.networks = networks;
    }

    /**
     * The coefficients of a clip.
     *
     * @param row the portrait's 73 coefficients
     */
    Coefficients plan(float[] row, SpeechWindows windows, ReferenceMotion references, SadTalkerOptions options) {
        FloatTensor source = FloatTensor.of(row, 1, row.length);
        FloatTensor expressions = expressions(source, windows, references, options);
        FloatTensor poses = poses(row, windows, references, options);
        return Coefficients.of(
                source,
                expressions,
                poses,
                new Coefficients.Settings(
                        options.expressionScale(),
                        options.still(),
                        options.preprocess().pastedBack()));
    }

    private FloatTensor expressions(
            FloatTensor source, SpeechWindows windows, ReferenceMotion references, SadTalkerOptions options) {
        int frames = windows.frames();
        FloatTensor blinkVideo = references.blink();
        FloatTensor reference = ReferenceExpression.repeat(blinkVideo != null ? blinkVideo : source, frames);
        boolean drawn = options.blink() && blinkVideo == null;
        FloatTensor blink = drawn ? BlinkCurve.random(frames, options.seed()) : BlinkCurve.none(frames);
        return networks.expressions(windows, reference, blink);
    }

    private FloatTensor poses(
            float[] row, SpeechWindows windows, ReferenceMotion references, SadTalkerOptions options) {
        float[] pose = Arrays.copyOfRange(
                row, CoefficientLayout.EXPRESSION, CoefficientLayout.EXPRESSION + CoefficientLayout.POSE);
        int blocks = PoseBlocks.of(windows.frames()).blocks().size();
        FloatTensor raw = networks.poses(
                windows,
                FloatTensor.of(pose, 1, CoefficientLayout.POSE),
                options.poseStyle(),
                PoseLatents.draw(blocks, options.seed(), options.poseVariation()));
        FloatTensor smooth = PoseSmoothing.smooth(raw);
        FloatTensor poseVideo = references.pose();
        return poseVideo != null ? ReferencePose.follow(smooth, poseVideo) : smooth;
    }
}
