package io.avatarservice.server.driver.sadtalker.face;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The 68 points of Deep3DFaceRecon's mean face, and pictures' landmarks made of them. */
final class TemplateFace {

    private TemplateFace() {}

    /** x, y, z per point. */
    static double[][] points() {
        try (InputStream in = Objects.requireNonNull(TemplateFace.class.getResourceAsStream("lm3d_68.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(row -> new double[] {
                        Double.parseDouble(row[1]), Double.parseDouble(row[2]), Double.parseDouble(row[3])
                    })
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scaled, turned clockwise by the angle, moved; y downwards. */
    static Landmarks landmarks(double scale, double degrees, double x, double y) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double[][] points = points();
        float[] xy = new float[2 * points.length];
        for (int i = 0; i < points.length; i++) {
            double px = points[i][0] * scale;
            double py = -points[i][1] * scale;
            xy[2 * i] = (float) (px * cos - py * sin + x);
            xy[2 * i + 1] = (float) (px * sin + py * cos + y);
        }
        return new Landmarks(xy);
    }
}
