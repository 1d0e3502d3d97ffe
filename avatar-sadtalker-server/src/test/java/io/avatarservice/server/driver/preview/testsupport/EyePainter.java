package io.avatarservice.server.driver.preview.testsupport;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Paints eyeballs, lids, lashes and, where worn, glasses. */
final class EyePainter {

    private static final double IRIS = 6.1;
    private static final Color LASH = new Color(24, 17, 14);

    private final FaceCanvas canvas;
    private final PortraitSpec spec;

    EyePainter(FaceCanvas canvas) {
        this.canvas = canvas;
        this.spec = canvas.spec();
    }

    void paint() {
        for (int side : new int[] {-1, 1}) {
            lids(side);
            eyeball(side);
            lashes(side);
        }
    }

    private void lids(int side) {
        Color fold = FaceCanvas.shade(spec.skin().tone(), 0.38);
        canvas.paintSoft(0.7, g -> {
            g.setColor(FaceCanvas.alpha(fold, 0.75));
            g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(canvas.geometry().upperLid(side, 4.6));
            g.setColor(FaceCanvas.alpha(fold, 0.3 + 0.3 * spec.skin().age()));
            g.draw(canvas.geometry().lowerLid(side, 4));
        });
    }

    private void eyeball(int side) {
        double x = canvas.geometry().eyeX(side);
        double y = -0.9;
        Shape eye = canvas.geometry().eye(side);
        canvas.paint(g -> {
            g.setColor(FaceCanvas.mix(FaceCanvas.shade(spec.skin().tone(), 0.62), new Color(170, 90, 80), 0.35));
            g.setStroke(new BasicStroke(1.1f));
            g.draw(eye);
            g.clip(eye);
            g.setPaint(new RadialGradientPaint(
                    new Point2D.Double(x, y), (float) (spec.eyes().width() * 0.6), new float[] {0.3f, 1f}, new Color[] {
                        new Color(226, 222, 216), new Color(166, 150, 142)
                    }));
            g.fill(eye);
            Point2D corner = canvas.geometry().eyeInner(side);
            g.setColor(new Color(196, 122, 112));
            g.fill(new Ellipse2D.Double(corner.getX() + side * 1.2 - 2, corner.getY() - 2, 4, 3.4));
            Color iris = spec.eyes().iris();
            g.setPaint(new RadialGradientPaint(
                    new Point2D.Double(x, y + 0.8), (float) IRIS, new float[] {0.25f, 0.7f, 0.88f, 1f}, new Color[] {
                        FaceCanvas.shade(iris, 1.25), iris, FaceCanvas.shade(iris, 0.6), FaceCanvas.shade(iris, 0.35)
                    }));
            g.fill(disc(x, y, IRIS));
            g.setColor(new Color(9, 8, 8));
            g.fill(disc(x, y, 2.5));
            g.setPaint(new LinearGradientPaint(
                    new Point2D.Double(x, -spec.eyes().opening() * 0.62),
                    new Point2D.Double(x, 0.5),
                    new float[] {0, 1},
                    new Color[] {new Color(20, 12, 10, 190), new Color(20, 12, 10, 0)}));
            g.fill(eye);
            g.setColor(new Color(255, 255, 255, 235));
            g.fill(disc(x - 2, y - 2.1, 1.1));
            g.setColor(new Color(255, 255, 255, 70));
            g.fill(disc(x + 2, y + 2.2, 0.9));
        });
    }

    private void lashes(int side) {
        canvas.paintSoft(0.25, g -> {
            g.setColor(FaceCanvas.alpha(LASH, 0.9));
            g.setStroke(new BasicStroke(1.15f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(canvas.geometry().upperLid(side, 0));
            g.setStroke(new BasicStroke(0.28f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            List<Point2D> edge = points(canvas.geometry().upperLid(side, 0));
            for (int i = 2; i < edge.size(); i++) {
                Point2D root = edge.get(i);
                double share = (double) i / edge.size();
                double reach = 1.2 + 2.2 * share;
                g.draw(new Line2D.Double(
                        root.getX(), root.getY(), root.getX() + side * (share - 0.35) * 3.2, root.getY() - reach));
            }
            g.setColor(FaceCanvas.alpha(LASH, 0.35));
            g.setStroke(new BasicStroke(0.5f));
            g.draw(canvas.geometry().lowerLid(side, 0.3));
        });
    }

    /** Glasses with thin dark rims. */
    void glasses() {
        double w = spec.eyes().distance() * 0.41;
        double h = 18;
        canvas.paintSoft(0.5, g -> {
            g.setColor(new Color(255, 255, 255, 16));
            for (int side : new int[] {-1, 1}) {
                g.fill(lens(side, w, h));
            }
            g.setColor(new Color(30, 26, 28, 225));
            g.setStroke(new BasicStroke(1.7f));
            for (int side : new int[] {-1, 1}) {
                double x = canvas.geometry().eyeX(side);
                g.draw(lens(side, w, h));
                g.draw(new Line2D.Double(
                        x + side * w, -4, side * (canvas.geometry().halfWidth() + 1), -5));
            }
            double inner = spec.eyes().distance() / 2 - w;
            g.draw(new QuadCurve2D.Double(-inner, -1, 0, -5, inner, -1));
        });
    }

    private Shape lens(int side, double w, double h) {
        double x = canvas.geometry().eyeX(side);
        return new RoundRectangle2D.Double(x - w, 4 - h, 2 * w, 2 * h - 2, 22, 24);
    }

    private static Ellipse2D disc(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static List<Point2D> points(Shape shape) {
        List<Point2D> points = new ArrayList<>();
        double[] at = new double[6];
        for (PathIterator i = new FlatteningPathIterator(shape.getPathIterator(null), 0.01, 5); !i.isDone(); i.next()) {
            i.currentSegment(at);
            points.add(new Point2D.Double(at[0], at[1]));
        }
        return points;
    }
}
