package io.avatarservice.server.driver.preview.testsupport;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Paints the bare head by lighting its relief from the upper left. */
final class SkinPainter {

    private static final double LIGHT_X = -0.34;
    private static final double LIGHT_Y = -0.42;
    private static final double LIGHT_Z = Math.sqrt(1 - LIGHT_X * LIGHT_X - LIGHT_Y * LIGHT_Y);
    private static final double AMBIENT = 0.4;
    private static final double DIFFUSE = 0.66;

    private final FaceCanvas canvas;
    private final PortraitSpec spec;

    SkinPainter(FaceCanvas canvas) {
        this.canvas = canvas;
        this.spec = canvas.spec();
    }

    void paint() {
        ears();
        head();
        nostrils();
        lines();
    }

    private void ears() {
        Color tone = FaceCanvas.mix(
                spec.skin().tone(), new Color(190, 80, 70), 0.12 * spec.skin().redness());
        for (int side : new int[] {-1, 1}) {
            Shape ear = canvas.geometry().ear(side);
            double x = side * (canvas.geometry().halfWidth() + 4);
            canvas.paint(g -> {
                g.setColor(FaceCanvas.shade(tone, side < 0 ? 0.86 : 0.7));
                g.fill(ear);
            });
            canvas.paintSoft(1.2, g -> {
                g.setColor(FaceCanvas.alpha(FaceCanvas.shade(tone, 0.45), 0.6));
                g.fill(new Ellipse2D.Double(x - 2.5, 4, 5, 16));
            });
        }
    }

    private void head() {
        int width = spec.width();
        int height = spec.height();
        BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        FaceCanvas stencil = new FaceCanvas(mask, spec, canvas.geometry());
        stencil.paint(g -> {
            g.setColor(Color.WHITE);
            g.fill(canvas.geometry().outline());
        });
        double[][] relief = relief(width, height);
        Random random = canvas.random("skin");
        BufferedImage skin = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        AffineTransform toFace = toFace();
        Point2D.Double point = new Point2D.Double();
        double[] rgb = new double[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double texture = 1 + 0.012 * random.nextGaussian();
                int coverage = mask.getRGB(x, y) >>> 24;
                if (coverage == 0) {
                    continue;
                }
                toFace.transform(new Point2D.Double(x + 0.5, y + 0.5), point);
                albedo(point.x, point.y, rgb);
                double slopeX = relief[y + 1][x + 2] - relief[y + 1][x];
                double slopeY = relief[y + 2][x + 1] - relief[y][x + 1];
                double light = light(slopeX / 2, slopeY / 2);
                int argb = coverage << 24;
                for (int c = 0; c < 3; c++) {
                    // Light travels in skin: red reaches further into the shade than green and blue.
                    double lit = rgb[c] * Math.pow(light, c == 0 ? 0.8 : c == 1 ? 1.05 : 1.15) * texture;
                    argb |= (int) Math.max(0, Math.min(255, lit)) << (16 - 8 * c);
                }
                skin.setRGB(x, y, argb);
            }
        }
        Graphics2D g = canvas.image().createGraphics();
        g.drawImage(skin, 0, 0, null);
        g.dispose();
    }

    /** Heights in pixels with a margin of one. */
    private double[][] relief(int width, int height) {
        FaceRelief face = new FaceRelief(spec, canvas.geometry());
        AffineTransform toFace = toFace();
        Point2D.Double point = new Point2D.Double();
        double[][] relief = new double[height + 2][width + 2];
        for (int y = 0; y < height + 2; y++) {
            for (int x = 0; x < width + 2; x++) {
                toFace.transform(new Point2D.Double(x - 0.5, y - 0.5), point);
                relief[y][x] = face.height(point.x, point.y) * spec.placement().scale();
            }
        }
        return relief;
    }

    private AffineTransform toFace() {
        try {
            return canvas.geometry().toPicture().createInverse();
        } catch (NoninvertibleTransformException e) {
            throw new IllegalArgumentException("the face has no size", e);
        }
    }

    private static double light(double slopeX, double slopeY) {
        double norm = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
        double direct = Math.max(0, (-slopeX * LIGHT_X - slopeY * LIGHT_Y + LIGHT_Z) / norm);
        return AMBIENT + DIFFUSE * direct + 0.1 * Math.pow(direct, 24);
    }

    private void albedo(double x, double y, double[] rgb) {
        double side = Math.abs(x);
        double cheeks = spot(side - 40, y - 36, 15, 13);
        double nose = spot(side, y - spec.nose().length() + 6, 10, 9);
        double red = spec.skin().redness() * (0.5 * cheeks + 0.45 * nose);
        double tired =
                (0.35 + 0.65 * spec.skin().age()) * spot(side - spec.eyes().distance() / 2, y - 9, 13, 4.5);
        rgb[0] = spec.skin().tone().getRed() * (1 + 0.02 * red - 0.1 * tired);
        rgb[1] = spec.skin().tone().getGreen() * (1 - 0.2 * red - 0.14 * tired);
        rgb[2] = spec.skin().tone().getBlue() * (1 - 0.17 * red - 0.09 * tired);
    }

    private static double spot(double x, double y, double sigmaX, double sigmaY) {
        return Math.exp(-(x * x) / (2 * sigmaX * sigmaX) - (y * y) / (2 * sigmaY * sigmaY));
    }

    private void nostrils() {
        double y = spec.nose().length();
        double wing = spec.nose().width() / 2;
        Color dark = FaceCanvas.shade(spec.skin().tone(), 0.22);
        canvas.paintSoft(0.8, g -> {
            g.setColor(FaceCanvas.alpha(dark, 0.85));
            for (int side : new int[] {-1, 1}) {
                g.fill(FaceGeometry.smooth(
                        new double[] {side * wing * 0.24, y - 1.6},
                        new double[] {side * wing * 0.46, y - 3.6},
                        new double[] {side * wing * 0.68, y - 2.6},
                        new double[] {side * wing * 0.46, y - 1.2}));
            }
        });
        canvas.paintSoft(1.3, g -> {
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.skin().tone(), 0.4), 0.55));
            g.setStroke(new BasicStroke(1.6f));
            for (int side : new int[] {-1, 1}) {
                Path2D wingLine = new Path2D.Double();
                wingLine.moveTo(side * (wing - 1.5), y - 11);
                wingLine.quadTo(side * (wing + 1.8), y - 5, side * (wing - 1.5), y - 1.5);
                g.draw(wingLine);
            }
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.skin().tone(), 0.4), 0.3));
            g.fill(new Ellipse2D.Double(-wing * 0.6, y - 0.8, wing * 1.2, 3));
        });
    }

    /** Lines of age on the forehead and beside the eyes. */
    private void lines() {
        if (spec.skin().age() < 0.3) {
            return;
        }
        canvas.paintSoft(0.7, g -> {
            g.setColor(FaceCanvas.alpha(
                    FaceCanvas.shade(spec.skin().tone(), 0.45),
                    0.4 * spec.skin().age()));
            g.setStroke(new BasicStroke(0.9f));
            for (int i = 0; i < 3; i++) {
                double y = -spec.brows().height() - 12 - 8 * i;
                g.draw(new QuadCurve2D.Double(-34 + 3 * i, y + 1, 0, y - 4 + i, 34 - 2 * i, y + 1.5));
            }
            for (int side : new int[] {-1, 1}) {
                Point2D corner = canvas.geometry().eyeOuter(side);
                for (int i = -1; i <= 1; i++) {
                    g.draw(new Line2D.Double(
                            corner.getX() + side * 4, corner.getY() + 2.5 * i,
                            corner.getX() + side * 12, corner.getY() + 5.5 * i));
                }
            }
        });
    }
}
