package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.driver.liveportrait.face.FacePoints;
import io.avatarservice.server.driver.liveportrait.face.FaceTracker;
import io.avatarservice.server.driver.liveportrait.face.SyntheticFace;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees a face in every picture that is mostly red; the more blue, the wider its mouth is open. */
final class ColorTracker implements FaceTracker {

    private static final int LOWER_INNER_LIP = 102;

    /** What was asked, in order: {@code search} or {@code follow}, with the size of the picture. */
    final List<String> calls = new ArrayList<>();

    @Override
    public Optional<FacePoints> search(byte[] rgb, int width, int height) {
        calls.add("search %dx%d".formatted(width, height));
        return face(rgb);
    }

    @Override
    public Optional<FacePoints> follow(byte[] rgb, int width, int height, FacePoints previous) {
        calls.add("follow %dx%d".formatted(width, height));
        return face(rgb);
    }

    private static Optional<FacePoints> face(byte[] rgb) {
        int middle = rgb.length / 6 * 3;
        if ((rgb[middle] & 0xFF) < 100) {
            return Optional.empty();
        }
        float[] points = SyntheticFace.landmarks().values().clone();
        for (int i = 0; i < points.length; i++) {
            points[i] /= 5;
        }
        points[2 * LOWER_INNER_LIP + 1] += (rgb[middle + 2] & 0xFF) / 10f;
        return Optional.of(FacePoints.of(FloatTensor.of(points, points.length / 2, 2)));
    }
}
