package io.avatarservice.server.driver.preview;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.avatarservice.server.driver.face.FaceFinder;
import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.driver.preview.motion.Motions;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What the landmark model sees in a finished video, frame by frame.
 *
 * @param opening distance of the inner lips as a share of the face's height
 * @param eyes height of the eyes' opening as a share of their width, mean of both
 * @param roll angle of the eye line in degrees
 * @param corners largest mean difference of a picture corner's 16×16 pixels from the first frame's, 0..255
 * @param first the first frame
 * @param last the last frame
 */
@SuppressWarnings("ArrayRecordComponent") // curves, read in place
record VideoMeasurements(double[] opening, double[] eyes, double[] roll, double corners, Picture first, Picture last) {

    private static final int CORNER = 16;
    /** Eyes that open less than this share of what is usual for them are taken as closing. */
    private static final double BLINK = 0.86;

    static VideoMeasurements of(Path video) {
        List<double[]> rows = new ArrayList<>();
        Picture first = null;
        Picture last = null;
        double corners = 0;
        try (VideoReader reader = new VideoReader(video);
                FaceFinder finder = new FaceFinder()) {
            FaceMesh face = null;
            while (reader.advance()) {
                last = reader.picture();
                first = first == null ? last : first;
                corners = Math.max(corners, cornerDifference(first, last));
                try (Mat frame = new Mat(last.height(), last.width(), CV_8UC3)) {
                    frame.data().put(last.bgr());
                    face = face == null ? finder.find(frame) : finder.follow(frame, face);
                }
                rows.add(new double[] {opening(face), eyes(face), roll(face)});
            }
        }
        if (first == null || last == null) {
            throw new IllegalArgumentException("a video without frames: " + video.getFileName());
        }
        return new VideoMeasurements(column(rows, 0), column(rows, 1), column(rows, 2), corners, first, last);
    }

    int frames() {
        return opening.length;
    }

    /** Correlation of the mouth's opening with a loudness curve, the mouth leading by {@code lead} frames. */
    double correlation(double[] loudness, int lead) {
        return Motions.correlation(opening, loudness, lead);
    }

    /** Mean opening in the quietest share of the frames over that in the loudest, the mouth leading by some frames. */
    double quietToLoud(double[] loudness, int lead, double share) {
        int[] byLoudness = IntStream.range(0, frames() - lead)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> loudness[i + lead]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = (int) (share * byLoudness.length);
        double quiet = Arrays.stream(byLoudness)
                .limit(count)
                .mapToDouble(i -> opening[i])
                .sum();
        double loud = Arrays.stream(byLoudness)
                .skip(byLoudness.length - count)
                .mapToDouble(i -> opening[i])
                .sum();
        return quiet / loud;
    }

    /** How often the eyes close. */
    int blinks() {
        double[] sorted = eyes.clone();
        Arrays.sort(sorted);
        double usual = sorted[sorted.length / 2];
        int blinks = 0;
        boolean closing = false;
        for (double eye : eyes) {
            if (!closing && eye < BLINK * usual) {
                blinks++;
                closing = true;
            } else if (closing && eye > (1 + BLINK) / 2 * usual) {
                closing = false;
            }
        }
        return blinks;
    }

    double rollDeviation() {
        return Motions.deviation(roll);
    }

    private static double opening(FaceMesh face) {
        return face.distance(13, 14) / face.distance(10, 152);
    }

    private static double eyes(FaceMesh face) {
        return (face.distance(159, 145) / face.distance(33, 133) + face.distance(386, 374) / face.distance(263, 362))
                / 2;
    }

    private static double roll(FaceMesh face) {
        return Math.toDegrees(Math.atan2(face.y(263) - face.y(33), face.x(263) - face.x(33)));
    }

    private static double cornerDifference(Picture a, Picture b) {
        int right = a.width() - CORNER;
        int bottom = a.height() - CORNER;
        return IntStream.of(0, right)
                .mapToDouble(x -> Math.max(difference(a, b, x, 0), difference(a, b, x, bottom)))
                .max()
                .orElseThrow();
    }

    private static double difference(Picture a, Picture b, int x, int y) {
        long sum = 0;
        for (int row = y; row < y + CORNER; row++) {
            int from = 3 * (row * a.width() + x);
            for (int at = from; at < from + 3 * CORNER; at++) {
                sum += Math.abs((a.bgr()[at] & 0xff) - (b.bgr()[at] & 0xff));
            }
        }
        return sum / (3.0 * CORNER * CORNER);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
