package io.avatarservice.server.driver.preview.testsupport;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.RoundRectangle2D;

/** Paints lips and, behind parted ones, teeth. */
final class MouthPainter {

    private static final Color CAVITY = new Color(46, 16, 16);
    private static final Color TOOTH = new Color(226, 219, 205);

    private final FaceCanvas canvas;
    private final PortraitSpec spec;
    private final FaceGeometry geometry;

    MouthPainter(FaceCanvas canvas) {
        this.canvas = canvas;
        this.spec = canvas.spec();
        this.geometry = canvas.geometry();
    }

    void paint() {
        canvas.paintSoft(0.45, this::lips);
        canvas.paintSoft(0.6, this::creases);
        if (geometry.gap() > 0) {
            canvas.paintSoft(0.2, this::teeth);
        } else {
            canvas.paintSoft(0.35, this::meetingLine);
        }
        canvas.paintSoft(1.1, this::corners);
    }

    private void lips(Graphics2D g) {
        Color color = spec.mouth().color();
        double middle = geometry.upperLipEdge().getY();
        double top = middle - spec.mouth().upper();
        double bottom = geometry.lowerLipEdge().getY() + spec.mouth().lower();
        float split = (float) ((middle - top) / (bottom - top));
        float low = (float) ((geometry.lowerLipEdge().getY() - top) / (bottom - top));
        g.setPaint(new LinearGradientPaint(
                new Point2D.Double(0, top),
                new Point2D.Double(0, bottom),
                new float[] {0, split, Math.max(low, split + 0.01f), Math.max(low, split) + (1 - low) * 0.45f, 1},
                new Color[] {
                    FaceCanvas.shade(color, 0.92),
                    FaceCanvas.shade(color, 0.74),
                    FaceCanvas.shade(color, 0.9),
                    FaceCanvas.shade(color, 1.12),
                    FaceCanvas.shade(color, 0.84)
                }));
        g.fill(geometry.lips());
        g.setColor(new Color(255, 240, 235, 46));
        double shine = geometry.lowerLipEdge().getY() + spec.mouth().lower() * 0.4;
        g.fill(new Ellipse2D.Double(
                -spec.mouth().width() * 0.2, shine - 1, spec.mouth().width() * 0.36, 2));
    }

    private void creases(Graphics2D g) {
        g.clip(geometry.lips());
        g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.mouth().color(), 0.55), 0.35));
        g.setStroke(new BasicStroke(0.5f));
        double bottom = geometry.lowerLipEdge().getY();
        for (int i = -7; i <= 7; i++) {
            double x = i * spec.mouth().width() / 20;
            g.draw(new QuadCurve2D.Double(
                    x,
                    bottom + 1,
                    x * 1.06,
                    bottom + 4,
                    x,
                    bottom + spec.mouth().lower()));
        }
    }

    private void meetingLine(Graphics2D g) {
        g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.mouth().color(), 0.22), 0.95));
        g.setStroke(new BasicStroke(1.15f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(geometry.upperEdge());
    }

    private void teeth(Graphics2D g) {
        Path2D opening = geometry.opening();
        g.setColor(CAVITY);
        g.fill(opening);
        g.clip(opening);
        double top = geometry.upperLipEdge().getY() - 4;
        // Central and lateral incisors, canine, premolars: narrower with the turn of the arch.
        double[] widths = {8.4, 6.6, 6.8, 5.2, 4.0};
        double[] lengths = {10.6, 9.6, 9.4, 7.8, 6.4};
        for (int side : new int[] {-1, 1}) {
            double x = 0;
            for (int i = 0; i < widths.length; i++) {
                g.setColor(FaceCanvas.mix(TOOTH, CAVITY, 0.06 * i + 0.035 * i * i));
                double left = side > 0 ? x : -x - widths[i];
                g.fill(new RoundRectangle2D.Double(left, top - 1 - i * 0.9, widths[i] - 0.15, lengths[i], 2.6, 3.2));
                g.setColor(new Color(120, 96, 84, 110));
                g.setStroke(new BasicStroke(0.3f));
                g.draw(new Line2D.Double(left, top, left, top + lengths[i] - 2));
                x += widths[i];
            }
        }
        g.setColor(new Color(40, 10, 10, 110));
        g.setStroke(new BasicStroke(2.2f));
        g.draw(geometry.upperEdge());
        double w = spec.mouth().width() / 2;
        g.setPaint(new LinearGradientPaint(
                new Point2D.Double(-w, 0),
                new Point2D.Double(w, 0),
                new float[] {0.06f, 0.25f, 0.75f, 0.94f},
                new Color[] {
                    FaceCanvas.alpha(CAVITY, 0.9),
                    FaceCanvas.alpha(CAVITY, 0),
                    FaceCanvas.alpha(CAVITY, 0),
                    FaceCanvas.alpha(CAVITY, 0.9)
                }));
        g.fill(opening);
    }

    private void corners(Graphics2D g) {
        g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.skin().tone(), 0.3), 0.6));
        for (int side : new int[] {-1, 1}) {
            Point2D corner = geometry.mouthCorner(side);
            g.fill(new Ellipse2D.Double(corner.getX() - 1.5, corner.getY() - 1.2, 3, 2.4));
        }
    }
}
