package io.avatarservice.server.driver.preview.testsupport;

import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Style;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.util.Random;

/** Paints hair, brows and beard, strand by strand. */
final class HairPainter {

    private final FaceCanvas canvas;
    private final PortraitSpec spec;
    private final FaceGeometry geometry;

    HairPainter(FaceCanvas canvas) {
        this.canvas = canvas;
        this.spec = canvas.spec();
        this.geometry = canvas.geometry();
    }

    /** What hangs behind head and neck. */
    void behind() {
        if (spec.hair().style() != Style.LONG) {
            return;
        }
        double w = geometry.halfWidth();
        double chin = geometry.chin();
        Shape mane = FaceGeometry.smooth(
                new double[] {0, FaceGeometry.CROWN - 16},
                new double[] {w * 0.72, FaceGeometry.CROWN + 2},
                new double[] {w + 17, -30},
                new double[] {w + 22, chin * 0.6},
                new double[] {w + 16, chin * 1.4},
                new double[] {w * 0.5, chin * 1.55},
                new double[] {-w * 0.5, chin * 1.55},
                new double[] {-w - 16, chin * 1.4},
                new double[] {-w - 22, chin * 0.6},
                new double[] {-w - 17, -30},
                new double[] {-w * 0.72, FaceGeometry.CROWN + 2});
        canvas.paintSoft(0.8, g -> {
            g.setColor(FaceCanvas.shade(spec.hair().color(), 0.55));
            g.fill(mane);
        });
        canvas.paintSoft(0.2, g -> {
            g.clip(mane);
            Random random = canvas.random("mane");
            for (int i = 0; i < 900; i++) {
                int side = random.nextBoolean() ? 1 : -1;
                double x = side * (w * 0.6 + random.nextDouble() * (w * 0.4 + 24));
                strand(g, random, 0.75);
                g.draw(new QuadCurve2D.Double(
                        x * 0.7,
                        -60,
                        x * 1.12 + random.nextGaussian() * 3,
                        chin * 0.5,
                        x + random.nextGaussian() * 6,
                        chin * 1.6));
            }
        });
    }

    /** What lies on the head. */
    void onTop() {
        Shape cap = cap();
        canvas.paintSoft(2.2, g -> {
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.skin().tone(), 0.3), 0.35));
            Area shadow = new Area(cap);
            shadow.transform(AffineTransform.getTranslateInstance(1, 2.5));
            shadow.intersect(new Area(geometry.outline()));
            g.fill(shadow);
        });
        canvas.paintSoft(1.2, g -> {
            g.setColor(FaceCanvas.shade(spec.hair().color(), 0.7));
            g.fill(cap);
        });
        canvas.paintSoft(0.18, g -> {
            if (spec.hair().style() == Style.CURLY) {
                curls(g, cap);
            } else {
                combed(g, cap);
            }
        });
    }

    private Shape cap() {
        double w = geometry.halfWidth();
        double top = FaceGeometry.CROWN;
        double volume = switch (spec.hair().style()) {
            case SHORT -> 7;
            case PARTED -> 12;
            case LONG -> 14;
            case CURLY -> 20;
            case BALDING -> 3;
        };
        Area cap = new Area(FaceGeometry.smooth(
                new double[] {0, top - volume},
                new double[] {w * 0.6, top * 0.87 - volume},
                new double[] {w * 0.97 + volume * 0.5, top * 0.58},
                new double[] {w + volume * 0.7, top * 0.2},
                new double[] {w + 1 + volume * 0.25, sideburn()},
                new double[] {w - 6, sideburn() + 4},
                new double[] {0, sideburn()},
                new double[] {-w + 6, sideburn() + 4},
                new double[] {-w - 1 - volume * 0.25, sideburn()},
                new double[] {-w - volume * 0.7, top * 0.2},
                new double[] {-w * 0.97 - volume * 0.5, top * 0.58},
                new double[] {-w * 0.6, top * 0.87 - volume}));
        cap.subtract(new Area(forehead()));
        return cap;
    }

    private double sideburn() {
        return switch (spec.hair().style()) {
            case LONG -> geometry.chin() * 0.95;
            case CURLY -> 8;
            default -> 14;
        };
    }

    /** The part of the head that the hair leaves free. */
    private Shape forehead() {
        double w = geometry.halfWidth();
        double chin = geometry.chin();
        double line = FaceGeometry.CROWN * 0.66;
        return switch (spec.hair().style()) {
            case SHORT, CURLY ->
                FaceGeometry.smooth(
                        new double[] {0, line},
                        new double[] {w * 0.6, line + 3},
                        new double[] {w * 0.86, line * 0.55},
                        new double[] {w * 0.93, 0},
                        new double[] {w * 1.1, 60},
                        new double[] {0, chin * 1.4},
                        new double[] {-w * 1.1, 60},
                        new double[] {-w * 0.93, 0},
                        new double[] {-w * 0.86, line * 0.55},
                        new double[] {-w * 0.6, line + 3});
            case PARTED ->
                FaceGeometry.smooth(
                        new double[] {-w * 0.42, line - 9},
                        new double[] {w * 0.3, line + 9},
                        new double[] {w * 0.82, line * 0.5},
                        new double[] {w * 0.93, 0},
                        new double[] {w * 1.1, 60},
                        new double[] {0, chin * 1.4},
                        new double[] {-w * 1.1, 60},
                        new double[] {-w * 0.93, 0},
                        new double[] {-w * 0.84, line * 0.6});
            case LONG ->
                FaceGeometry.smooth(
                        new double[] {0, line - 6},
                        new double[] {w * 0.45, line + 6},
                        new double[] {w * 0.82, line * 0.4},
                        new double[] {w * 0.93, 20},
                        new double[] {w * 0.95, 60},
                        new double[] {w * 0.9, chin * 1.3},
                        new double[] {0, chin * 1.5},
                        new double[] {-w * 0.9, chin * 1.3},
                        new double[] {-w * 0.95, 60},
                        new double[] {-w * 0.93, 20},
                        new double[] {-w * 0.82, line * 0.4},
                        new double[] {-w * 0.45, line + 6});
            case BALDING ->
                FaceGeometry.smooth(
                        new double[] {0, FaceGeometry.CROWN * 1.6},
                        new double[] {w * 0.8, FaceGeometry.CROWN * 1.1},
                        new double[] {w * 0.9, -40},
                        new double[] {w * 0.94, 0},
                        new double[] {w * 1.1, 60},
                        new double[] {0, chin * 1.4},
                        new double[] {-w * 1.1, 60},
                        new double[] {-w * 0.94, 0},
                        new double[] {-w * 0.9, -40},
                        new double[] {-w * 0.8, FaceGeometry.CROWN * 1.1});
        };
    }

    private void combed(Graphics2D g, Shape cap) {
        g.clip(cap);
        Random random = canvas.random("combed");
        double w = geometry.halfWidth();
        double part = spec.hair().style() == Style.PARTED ? -w * 0.45 : 0;
        double end = spec.hair().style() == Style.LONG ? geometry.chin() : 15;
        for (int i = 0; i < 2200; i++) {
            int side = random.nextDouble() < (part + w) / (2 * w) ? -1 : 1;
            double out = random.nextDouble();
            double fromX = part + side * out * 14;
            double fromY = FaceGeometry.CROWN * (1.14 - 0.4 * random.nextDouble());
            double toX = side * (w * 0.55 + random.nextDouble() * (w * 0.45 + 14));
            double toY = end * random.nextDouble() - 25 * (1 - out);
            // The top of the head mirrors the light.
            strand(g, random, 0.72 + 0.65 * Math.exp(-Math.pow((out - 0.45) / 0.16, 2)) * (side < 0 ? 1 : 0.6));
            g.draw(new QuadCurve2D.Double(
                    fromX,
                    fromY,
                    toX * 0.98 + random.nextGaussian() * 2,
                    fromY + 12 + random.nextGaussian() * 4,
                    toX,
                    toY));
        }
    }

    private void curls(Graphics2D g, Shape cap) {
        Random random = canvas.random("curls");
        Rectangle2D box = cap.getBounds2D();
        for (int i = 0; i < 3200; i++) {
            double x = box.getX() + random.nextDouble() * box.getWidth();
            double y = box.getY() + random.nextDouble() * box.getHeight();
            if (cap.contains(x, y)) {
                double size = 4 + 5 * random.nextDouble();
                double lit = (box.getMaxY() - y) / box.getHeight() * 0.5 + 0.55;
                strand(g, random, lit);
                g.draw(new Arc2D.Double(
                        x - size / 2,
                        y - size / 2,
                        size,
                        size,
                        random.nextInt(360),
                        90 + random.nextInt(150),
                        Arc2D.OPEN));
            }
        }
    }

    private void strand(Graphics2D g, Random random, double brightness) {
        g.setColor(FaceCanvas.alpha(
                FaceCanvas.shade(spec.hair().color(), brightness * (0.75 + 0.6 * random.nextDouble())), 0.55));
        g.setStroke(new BasicStroke((float) (0.35 + 0.5 * random.nextDouble())));
    }

    void brows() {
        PortraitSpec.Brows brows = spec.brows();
        canvas.paintSoft(0.3, g -> {
            Random random = canvas.random("brows");
            for (int side : new int[] {-1, 1}) {
                double x = geometry.eyeX(side);
                for (int i = 0; i < 420; i++) {
                    double t = random.nextDouble();
                    double taper = t < 0.15 ? 0.75 + t * 1.6 : 1 - Math.pow((t - 0.15) / 0.85, 2) * 0.75;
                    double bx = x + side * (-17 + 38 * t);
                    double by = -brows.height()
                            - brows.arch() * Math.sin(Math.PI * Math.pow(t, 1.35))
                            + 2.5 * t
                            + (random.nextDouble() - 0.5) * brows.thickness() * taper;
                    double length = 3 + 3 * random.nextDouble();
                    double angle = 1.05 - 1.3 * t;
                    g.setColor(FaceCanvas.alpha(FaceCanvas.shade(brows.color(), 0.7 + 0.5 * random.nextDouble()), 0.6));
                    g.setStroke(new BasicStroke(0.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                    g.draw(new Line2D.Double(
                            bx, by, bx + side * length * Math.cos(angle), by - length * Math.sin(angle) * 0.8));
                }
            }
        });
    }

    /** A full, short beard with moustache; lips stay free. */
    void beard() {
        double w = geometry.halfWidth();
        double chin = geometry.chin();
        double nose = spec.nose().length();
        Point2D corner = geometry.mouthCorner(1);
        Area region = new Area(geometry.outline());
        region.subtract(new Area(FaceGeometry.smooth(
                new double[] {0, nose + 2},
                new double[] {13, nose + 4},
                new double[] {corner.getX() + 7, corner.getY() - 4},
                new double[] {w * 0.8, chin * 0.42},
                new double[] {w * 0.93, -5},
                new double[] {w * 0.9, -70},
                new double[] {0, -130},
                new double[] {-w * 0.9, -70},
                new double[] {-w * 0.93, -5},
                new double[] {-w * 0.8, chin * 0.42},
                new double[] {-corner.getX() - 7, corner.getY() - 4},
                new double[] {-13, nose + 4})));
        region.subtract(new Area(new BasicStroke(2f).createStrokedShape(geometry.lips())));
        region.subtract(new Area(geometry.lips()));
        canvas.paintSoft(1.4, g -> {
            g.setColor(FaceCanvas.alpha(FaceCanvas.shade(spec.hair().color(), 0.7), 0.5));
            g.fill(region);
        });
        canvas.paintSoft(0.2, g -> {
            g.clip(region);
            Random random = canvas.random("beard");
            Rectangle2D box = region.getBounds2D();
            for (int i = 0; i < 7000; i++) {
                double x = box.getX() + random.nextDouble() * box.getWidth();
                double y = box.getY() + random.nextDouble() * box.getHeight();
                if (region.contains(x, y)) {
                    strand(g, random, 0.8);
                    g.draw(new Line2D.Double(
                            x, y, x + x * 0.03 + random.nextGaussian(), y + 2 + 2.5 * random.nextDouble()));
                }
            }
        });
    }
}
