package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.driving.DrivingFrames;
import io.avatarservice.server.driver.liveportrait.motion.HeadMotion;
import io.avatarservice.server.torch.BatchRunner;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/** Asks the motion extractor about the driving frames as they are decoded; keeps none of them. */
final class ExtractedMotion implements DrivingMotion {

    private final LivePortraitNetworks networks;
    private final DrivingFrames frames;
    private final BatchRunner batches;

    /**
     * @param frames not closed here
     * @param batch how many are looked at at once
     */
    ExtractedMotion(LivePortraitNetworks networks, DrivingFrames frames, int batch) {
        this.networks = networks;
        this.frames = frames;
        this.batches = new BatchRunner(networks.runtime(), batch);
    }

    @Override
    public List<HeadMotion> next(int most) {
        List<FloatTensor> images = new ArrayList<>();
        while (images.size() < most) {
            byte[] crop = frames.next();
            if (crop == null) {
                break;
            }
            images.add(FaceImages.tensor(crop));
        }
        List<HeadMotion> heads = new ArrayList<>();
        batches.run(
                images,
                (part, wanted) ->
                        networks.motion(FloatTensor.concatenated(part)).heads(),
                heads::add);
        return heads;
    }
}
