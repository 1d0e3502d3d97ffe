package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.driver.liveportrait.face.DrivingBox;
import io.avatarservice.server.driver.liveportrait.face.FacePoints;
import io.avatarservice.server.driver.liveportrait.face.FaceTracker;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the face from picture to picture and searches anew where it is lost. Until it is found again the last picture
 * with a face stands for those without; before the first face, the first one does.
 */
final class FaceTrack {

    private final FaceTracker tracker;
    private final DrivingFraming framing;
    private final List<DrivingBox> boxes = new ArrayList<>();
    private final List<OpeningRatios> ratios = new ArrayList<>();
    private final List<Integer> shown = new ArrayList<>();
    private int pictures;
    private @Nullable FacePoints last;

    FaceTrack(FaceTracker tracker, DrivingFraming framing) {
        this.tracker = tracker;
        this.framing = framing;
    }

    /** Looks at the next picture. */
    void look(byte[] rgb, int width, int height) {
        FacePoints known = last;
        last = (known == null
                        ? tracker.search(rgb, width, height)
                        : tracker.follow(rgb, width, height, known).or(() -> tracker.search(rgb, width, height)))
                .orElse(null);
        if (last != null) {
            boxes.add(DrivingBox.around(last, framing.scale(), framing.shift()));
            ratios.add(OpeningRatios.of(last));
            shown.add(pictures);
        }
        pictures++;
    }

    /** How many pictures were looked at. */
    int pictures() {
        return pictures;
    }

    /** Whether any picture showed a face. */
    boolean found() {
        return !shown.isEmpty();
    }

    /** The mean box of the pictures that show a face. */
    DrivingBox box() {
        return DrivingBox.mean(boxes);
    }

    /** The numbers of the pictures that show a face, ascending. */
    List<Integer> shown() {
        return shown;
    }

    /** How far eyes and lips are open, for each of {@link #shown}. */
    List<OpeningRatios> ratios() {
        return ratios;
    }
}
