package io.avatarservice.server.driver.preview.render;

import io.avatarservice.server.driver.preview.face.FaceMesh;
import java.util.Arrays;

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
        int[] grid = grid(columns, rows);
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
