package io.avatarservice.server.driver.preview.render;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;
import static org.bytedeco.opencv.global.opencv_imgproc.pointPolygonTest;

import io.avatarservice.server.driver.face.FaceMesh;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;

/**
 * The vertices and triangles that the picture is warped by, in drawing order: a grid over everything that may move, the
 * face's 852 triangles over it, then the openings of eyes and mouth. The grid and the rim of the face move by the same
 * smooth functions of place, so no seam shows where one is drawn over the other.
 *
 * @param x of each vertex in the picture, pixels; the face's {@value FaceMesh#POINTS} points come first, then the grid
 * @param y likewise
 * @param z depth in pixels, smaller is nearer, 0 at the rim of the face and beyond
 * @param skin triangles of grid and face, three vertices each: the picture sticks to them
 * @param eyes triangles of the eye openings: lids slide over them
 * @param mouth triangles of the mouth opening
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
record PortraitMesh(float[] x, float[] y, float[] z, int[] skin, int[] eyes, int[] mouth) {

    int size() {
        return x.length;
    }

    /**
     * Meshes a picture.
     *
     * @param area what the grid covers
     * @param spacing of the grid, pixels
     */
    static PortraitMesh of(FaceMesh face, Area area, float spacing) {
        int columns = Math.max(1, Math.round(area.width() / spacing));
        int rows = Math.max(1, Math.round(area.height() / spacing));
        int size = FaceMesh.POINTS + (columns + 1) * (rows + 1);
        float[] x = new float[size];
        float[] y = new float[size];
        float[] z = new float[size];
        float rim = 0;
        for (int i : FaceTopology.OVAL) {
            rim += face.z(i) / FaceTopology.OVAL.length;
        }
        for (int i = 0; i < FaceMesh.POINTS; i++) {
            x[i] = face.x(i);
            y[i] = face.y(i);
            z[i] = Math.min(0, face.z(i) - rim);
        }
        for (int i : FaceTopology.OVAL) {
            z[i] = 0;
        }
        for (int row = 0; row <= rows; row++) {
            for (int column = 0; column <= columns; column++) {
                int i = FaceMesh.POINTS + row * (columns + 1) + column;
                x[i] = area.x() + (float) area.width() * column / columns;
                y[i] = area.y() + (float) area.height() * row / rows;
            }
        }
        int[] grid = visible(grid(columns, rows), x, y, face, 2 * spacing);
        int[] faceTriangles = FaceTopology.triangles();
        int[] skin = Arrays.copyOf(grid, grid.length + faceTriangles.length);
        System.arraycopy(faceTriangles, 0, skin, grid.length, faceTriangles.length);
        int[] right = FaceTopology.opening(FaceTopology.RIGHT_UPPER_LID, FaceTopology.RIGHT_LOWER_LID);
        int[] left = FaceTopology.opening(FaceTopology.LEFT_UPPER_LID, FaceTopology.LEFT_LOWER_LID);
        int[] eyes = Arrays.copyOf(right, right.length + left.length);
        System.arraycopy(left, 0, eyes, right.length, left.length);
        int[] mouth = FaceTopology.opening(FaceTopology.INNER_UPPER_LIP, FaceTopology.INNER_LOWER_LIP);
        return new PortraitMesh(x, y, z, skin, eyes, mouth);
    }

    /** Leaves out what lies so far within the face that its triangles always cover it. */
    private static int[] visible(int[] grid, float[] x, float[] y, FaceMesh face, float margin) {
        try (Mat outline = new Mat(FaceTopology.OVAL.length, 1, CV_32FC2)) {
            FloatBuffer points = outline.createBuffer();
            for (int point : FaceTopology.OVAL) {
                points.put(face.x(point)).put(face.y(point));
            }
            return IntStream.range(0, grid.length / 3)
                    .filter(t -> !within(outline, x, y, grid[3 * t], margin))
                    .flatMap(t -> IntStream.of(grid[3 * t], grid[3 * t + 1], grid[3 * t + 2]))
                    .toArray();
        }
    }

    private static boolean within(Mat outline, float[] x, float[] y, int vertex, float margin) {
        try (Point2f point = new Point2f(x[vertex], y[vertex])) {
            return pointPolygonTest(outline, point, true) > margin;
        }
    }

    private static int[] grid(int columns, int rows) {
        int[] triangles = new int[columns * rows * 6];
        int n = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int a = FaceMesh.POINTS + row * (columns + 1) + column;
                int b = a + columns + 1;
                for (int vertex : new int[] {a, a + 1, b, b, a + 1, b + 1}) {
                    triangles[n++] = vertex;
                }
            }
        }
        return triangles;
    }
}
