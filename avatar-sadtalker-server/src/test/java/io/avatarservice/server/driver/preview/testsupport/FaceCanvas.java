package io.avatarservice.server.driver.preview.testsupport;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.DataBufferInt;
import java.awt.image.Kernel;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The picture being painted, in the face's millimeters.
 *
 * @param image receives the paint; RGB
 */
record FaceCanvas(BufferedImage image, PortraitSpec spec, FaceGeometry geometry) {

    /** Paints with sharp, anti-aliased edges. */
    void paint(Consumer<Graphics2D> painter) {
        paintOn(image, painter);
    }

    /**
     * Paints on a layer of its own that is blurred before it is laid over the picture.
     *
     * @param blur standard deviation, millimeters
     */
    void paintSoft(double blur, Consumer<Graphics2D> painter) {
        BufferedImage layer = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB_PRE);
        paintOn(layer, painter);
        double sigma = blur * spec.placement().scale();
        Rectangle painted = painted(layer, (int) Math.ceil(6 * sigma) + 1);
        if (painted.isEmpty()) {
            return;
        }
        BufferedImage part = layer.getSubimage(painted.x, painted.y, painted.width, painted.height);
        Graphics2D g = image.createGraphics();
        g.drawImage(blurred(part, sigma), painted.x, painted.y, null);
        g.dispose();
    }

    /** The part of a layer that has paint on it, with a margin: blurring the rest would take most of the time. */
    private static Rectangle painted(BufferedImage layer, int margin) {
        int[] pixels = ((DataBufferInt) layer.getRaster().getDataBuffer()).getData();
        int width = layer.getWidth();
        int left = width;
        int right = -1;
        int top = layer.getHeight();
        int bottom = -1;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] != 0) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = Math.min(top, i / width);
                bottom = Math.max(bottom, i / width);
            }
        }
        Rectangle bounds = new Rectangle(left, top, right - left + 1, bottom - top + 1);
        bounds.grow(margin, margin);
        return right < 0 ? new Rectangle() : bounds.intersection(new Rectangle(width, layer.getHeight()));
    }

    /** A fresh source of randomness for one part of the picture, so that parts do not influence one another. */
    Random random(String part) {
        return new Random(spec.seed() * 31 + part.hashCode());
    }

    private void paintOn(BufferedImage target, Consumer<Graphics2D> painter) {
        Graphics2D g = target.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.transform(geometry.toPicture());
        painter.accept(g);
        g.dispose();
    }

    /** A Gaussian blur; the rim as wide as the kernel is lost to transparency. */
    static BufferedImage blurred(BufferedImage source, double sigma) {
        int radius = (int) Math.ceil(2.5 * sigma);
        if (radius < 1) {
            return source;
        }
        float[] weights = new float[2 * radius + 1];
        float sum = 0;
        for (int i = -radius; i <= radius; i++) {
            weights[i + radius] = (float) Math.exp(-i * i / (2 * sigma * sigma));
            sum += weights[i + radius];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        ConvolveOp across = new ConvolveOp(new Kernel(weights.length, 1, weights), ConvolveOp.EDGE_NO_OP, null);
        ConvolveOp down = new ConvolveOp(new Kernel(1, weights.length, weights), ConvolveOp.EDGE_NO_OP, null);
        return down.filter(across.filter(source, null), null);
    }

    /** A color with another opacity. */
    static Color alpha(Color color, double opacity) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }

    /** A color made darker (below 1) or lighter (above 1). */
    static Color shade(Color color, double factor) {
        return new Color(
                Math.min(255, (int) Math.round(color.getRed() * factor)),
                Math.min(255, (int) Math.round(color.getGreen() * factor)),
                Math.min(255, (int) Math.round(color.getBlue() * factor)));
    }

    /** A mixture of two colors. */
    static Color mix(Color a, Color b, double share) {
        return new Color(
                (int) Math.round(a.getRed() + (b.getRed() - a.getRed()) * share),
                (int) Math.round(a.getGreen() + (b.getGreen() - a.getGreen()) * share),
                (int) Math.round(a.getBlue() + (b.getBlue() - a.getBlue()) * share));
    }
}
