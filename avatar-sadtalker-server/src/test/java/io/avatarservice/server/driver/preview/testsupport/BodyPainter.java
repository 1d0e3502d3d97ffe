package io.avatarservice.server.driver.preview.testsupport;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;

/** Paints neck, shoulders and shirt. */
final class BodyPainter {

    private final FaceCanvas canvas;
    private final PortraitSpec spec;

    BodyPainter(FaceCanvas canvas) {
        this.canvas = canvas;
        this.spec = canvas.spec();
    }

    void paint() {
        double neck = canvas.geometry().halfWidth() * spec.face().jaw() * 0.84;
        double chin = canvas.geometry().chin();
        neck(neck, chin);
        shirt(neck, chin);
    }

    private void neck(double neck, double chin) {
        Shape shape = FaceGeometry.smooth(
                new double[] {neck, chin * 0.3},
                new double[] {neck, chin},
                new double[] {neck + 6, chin + 30},
                new double[] {neck + 50, chin + 60},
                new double[] {0, chin + 110},
                new double[] {-neck - 50, chin + 60},
                new double[] {-neck - 6, chin + 30},
                new double[] {-neck, chin},
                new double[] {-neck, chin * 0.3});
        Color tone = spec.skin().tone();
        canvas.paint(g -> {
            g.setPaint(new LinearGradientPaint(
                    new Point2D.Double(-neck - 4, 0),
                    new Point2D.Double(neck + 4, 0),
                    new float[] {0, 0.35f, 1},
                    new Color[] {FaceCanvas.shade(tone, 0.62), FaceCanvas.shade(tone, 0.86), FaceCanvas.shade(tone, 0.5)
                    }));
            g.fill(shape);
        });
        canvas.paintSoft(4.5, g -> {
            g.clip(shape);
            Area shadow = new Area(canvas.geometry().outline());
            shadow.transform(AffineTransform.getTranslateInstance(5, 15));
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(tone, 0.25), 0.62));
            g.fill(shadow);
        });
        canvas.paintSoft(2, g -> {
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(tone, 0.4), 0.35));
            g.setStroke(new BasicStroke(2.2f));
            g.draw(new QuadCurve2D.Double(-neck * 0.8, chin + 12, -neck * 0.45, chin + 40, -6, chin + 52));
            g.draw(new QuadCurve2D.Double(neck * 0.8, chin + 12, neck * 0.45, chin + 40, 6, chin + 52));
        });
    }

    private void shirt(double neck, double chin) {
        Area shirt = new Area(FaceGeometry.smooth(
                new double[] {neck + 9, chin + 28},
                new double[] {neck + 70, chin + 56},
                new double[] {neck + 140, chin + 110},
                new double[] {neck + 165, chin + 420},
                new double[] {-neck - 165, chin + 420},
                new double[] {-neck - 140, chin + 110},
                new double[] {-neck - 70, chin + 56},
                new double[] {-neck - 9, chin + 28}));
        shirt.subtract(new Area(FaceGeometry.smooth(
                new double[] {-neck - 9, chin + 10},
                new double[] {-neck - 7, chin + 32},
                new double[] {-neck * 0.5, chin + 56},
                new double[] {0, chin + 63},
                new double[] {neck * 0.5, chin + 56},
                new double[] {neck + 7, chin + 32},
                new double[] {neck + 9, chin + 10})));
        canvas.paintSoft(0.6, g -> {
            g.setPaint(new LinearGradientPaint(
                    new Point2D.Double(-150, chin),
                    new Point2D.Double(150, chin + 60),
                    new float[] {0, 0.4f, 1},
                    new Color[] {
                        FaceCanvas.shade(spec.clothes(), 0.75),
                        FaceCanvas.shade(spec.clothes(), 1.05),
                        FaceCanvas.shade(spec.clothes(), 0.6)
                    }));
            g.fill(shirt);
        });
        canvas.paintSoft(3, g -> {
            g.clip(shirt);
            g.setStroke(new BasicStroke(5));
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.clothes(), 0.4), 0.5));
            g.draw(shirt);
            for (int side : new int[] {-1, 1}) {
                g.draw(new QuadCurve2D.Double(
                        side * (neck + 90), chin + 100, side * (neck + 30), chin + 140, side * 60, chin + 230));
            }
        });
    }
}
