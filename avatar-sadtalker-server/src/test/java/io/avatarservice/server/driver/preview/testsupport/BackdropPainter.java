package io.avatarservice.server.driver.preview.testsupport;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Paints what is behind the person, in picture pixels. */
final class BackdropPainter {

    private BackdropPainter() {}

    static void paint(BufferedImage image, PortraitSpec.Background background, Random random) {
        int width = image.getWidth();
        int height = image.getHeight();
        Graphics2D g = image.createGraphics();
        switch (background.backdrop()) {
            case PLAIN -> g.setColor(background.color());
            case GRADIENT ->
                g.setPaint(new GradientPaint(
                        0,
                        0,
                        FaceCanvas.shade(background.color(), 1.35),
                        width,
                        height,
                        FaceCanvas.shade(background.color(), 0.5)));
            case BRICKS -> g.setColor(FaceCanvas.mix(background.color(), Color.LIGHT_GRAY, 0.6));
        }
        g.fillRect(0, 0, width, height);
        if (background.backdrop() == PortraitSpec.Backdrop.BRICKS) {
            int length = Math.max(24, Math.max(width, height) / 11);
            int course = length / 3;
            int joint = Math.max(1, length / 20);
            for (int row = 0; row * course < height; row++) {
                for (int x = -(row % 2) * length / 2; x < width; x += length) {
                    g.setColor(FaceCanvas.shade(background.color(), 0.8 + 0.4 * random.nextDouble()));
                    g.fillRect(x, row * course, length - joint, course - joint);
                }
            }
        }
        g.dispose();
    }
}
