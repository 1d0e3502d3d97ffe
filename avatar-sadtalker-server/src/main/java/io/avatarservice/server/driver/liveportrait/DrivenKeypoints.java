package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.driving.DrivingFrames;
import io.avatarservice.server.driver.liveportrait.driving.DrivingVideo;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.driver.liveportrait.motion.RandomWalkSmoother;
import io.avatarservice.server.torch.FloatTensor;
import java.util.List;
import java.util.stream.IntStream;

/** The portrait's keypoints, frame after frame of a driving video that is decoded meanwhile. For one thread. */
final class DrivenKeypoints implements AutoCloseable {

    /** How far motion walks between two frames, squared: the reference's. */
    private static final double PROCESS_VARIANCE = 1e-5;

    private final DrivingVideo video;
    private final DrivingFrames frames;
    private final DrivingMotion motion;
    private final KeypointDriver driver;
    private int position;

    /** {@code batch} is how many frames are looked at at once. */
    DrivenKeypoints(
            LivePortraitNetworks networks,
            SourceFace source,
            DrivingVideo video,
            LivePortraitOptions options,
            int batch) {
        this.video = video;
        driver = new KeypointDriver(networks, source, options);
        frames = video.open();
        try {
            motion = motion(new ExtractedMotion(networks, frames, batch), options.smoothing(), batch);
        } catch (RuntimeException e) {
            frames.close();
            throw e;
        }
    }

    private static DrivingMotion motion(DrivingMotion extracted, double jitterVariance, int batch) {
        return jitterVariance > 0
                ? SmoothedMotion.of(extracted, batch, new RandomWalkSmoother(PROCESS_VARIANCE, jitterVariance))
                : extracted;
    }

    /** The keypoints {@code [1, 21, 3]} of each of the next frames, up to {@code most}; empty at the end. */
    List<FloatTensor> next(int most) {
        List<HeadMotion> heads = motion.next(most);
        if (heads.isEmpty()) {
            return List.of();
        }
        List<OpeningRatios> ratios = IntStream.range(position, position + heads.size())
                .mapToObj(video::ratios)
                .toList();
        position += heads.size();
        FloatTensor keypoints = driver.keypoints(heads, ratios);
        return IntStream.range(0, heads.size())
                .mapToObj(frame -> keypoints.rows(frame, frame + 1))
                .toList();
    }

    @Override
    public void close() {
        frames.close();
    }
}
