package io.avatarservice.server.driver.preview.render;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which points of the 468-point face mesh are what, and how they connect. Indices and triangles are MediaPipe's (npm
 * package {@code @mediapipe/face_mesh} 0.4, constants {@code FACEMESH_*}). "Right" and "left" are the person's.
 */
final class FaceTopology {

    static final int RIGHT_EYE_OUTER = 33;
    static final int LEFT_EYE_OUTER = 263;
    static final int MOUTH_RIGHT = 61;
    static final int MOUTH_LEFT = 291;
    static final int NOSE_BASE = 2;
    static final int BETWEEN_EYES = 168;
    static final int FOREHEAD = 10;
    static final int CHIN = 152;
    static final int RIGHT_BROW = 105;
    static final int LEFT_BROW = 334;
    /** Skin that is rarely covered by hair, glasses or a beard. */
    static final int[] CHEEKS = {50, 280, 101, 330, 205, 425};

    /** Inner lip contour from the right to the left corner; entries of the two arrays lie above each other. */
    static final int[] INNER_UPPER_LIP = {78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308};

    static final int[] INNER_LOWER_LIP = {78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308};

    /** The upper lip's other rows, from the inside out, without the corners that both lips share. */
    static final int[] UPPER_LIP = {
        191, 80, 81, 82, 13, 312, 311, 310, 415, 183, 42, 41, 38, 12, 268, 271, 272, 407, 184, 74, 73, 72, 11, 302, 303,
        304, 408, 185, 40, 39, 37, 0, 267, 269, 270, 409
    };

    static final int[] LOWER_LIP = {
        95, 88, 178, 87, 14, 317, 402, 318, 324, 96, 89, 179, 86, 15, 316, 403, 319, 325, 77, 90, 180, 85, 16, 315, 404,
        320, 307, 146, 91, 181, 84, 17, 314, 405, 321, 375
    };

    /** Eyelids from the outer to the inner corner; entries of the two arrays lie above each other. */
    static final int[] RIGHT_UPPER_LID = {33, 246, 161, 160, 159, 158, 157, 173, 133};

    static final int[] RIGHT_LOWER_LID = {33, 7, 163, 144, 145, 153, 154, 155, 133};
    static final int[] LEFT_UPPER_LID = {263, 466, 388, 387, 386, 385, 384, 398, 362};
    static final int[] LEFT_LOWER_LID = {263, 249, 390, 373, 374, 380, 381, 382, 362};

    /** Outline of the face, a closed ring. */
    static final int[] OVAL = {
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109
    };

    private FaceTopology() {}

    /** The 852 triangles of the mesh, three indices each; mouth and eye openings are left out. */
    static int[] triangles() {
        try (InputStream in = FaceTopology.class.getResourceAsStream("/models/face_landmark_triangles.txt")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks models/face_landmark_triangles.txt");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Triangles that fill the opening between two contours sharing their first and last point. */
    static int[] opening(int[] upper, int[] lower) {
        int[] triangles = new int[6 * (upper.length - 1)];
        int n = 0;
        for (int i = 0; i + 1 < upper.length; i++) {
            int[] quad = {upper[i], upper[i + 1], lower[i + 1], upper[i], lower[i + 1], lower[i]};
            for (int k = 0; k < 6; k += 3) {
                if (quad[k] != quad[k + 1] && quad[k + 1] != quad[k + 2] && quad[k] != quad[k + 2]) {
                    System.arraycopy(quad, k, triangles, n, 3);
                    n += 3;
                }
            }
        }
        return Arrays.copyOf(triangles, n);
    }
}
