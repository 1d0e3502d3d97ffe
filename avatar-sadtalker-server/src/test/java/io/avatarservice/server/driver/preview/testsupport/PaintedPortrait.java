package io.avatarservice.server.driver.preview.testsupport;

import io.avatarservice.server.media.Picture;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.Random;

/**
 * Paints front-view portraits that the face networks take for photographs, so that tests need no picture of a real
 * person. The same description gives the same picture on every machine of the same Java version.
 */
public final class PaintedPortrait {

    private static final double LENS_BLUR = 0.6;
    private static final double SENSOR_NOISE = 2.2;

    private PaintedPortrait() {}

    /** Six and more clearly different people in different pictures. */
    public static List<PortraitSpec> gallery() {
        return PortraitGallery.people();
    }

    /** Where {@link #paint} puts eyes, mouth and chin. */
    public static FacialLandmarks landmarks(PortraitSpec spec) {
        return new FaceGeometry(spec).landmarks();
    }

    /**
     * Paints a portrait.
     *
     * @return a picture of three bytes per pixel: blue, green, red
     */
    public static BufferedImage paint(PortraitSpec spec) {
        BufferedImage image = new BufferedImage(spec.width(), spec.height(), BufferedImage.TYPE_3BYTE_BGR);
        FaceCanvas canvas = new FaceCanvas(image, spec, new FaceGeometry(spec));
        BackdropPainter.paint(image, spec.background(), canvas.random("backdrop"));
        HairPainter hair = new HairPainter(canvas);
        EyePainter eyes = new EyePainter(canvas);
        hair.behind();
        new BodyPainter(canvas).paint();
        new SkinPainter(canvas).paint();
        eyes.paint();
        new MouthPainter(canvas).paint();
        if (spec.beard()) {
            hair.beard();
        }
        hair.brows();
        hair.onTop();
        if (spec.glasses()) {
            eyes.glasses();
        }
        return photographed(image, canvas.random("sensor"));
    }

    /** A picture as the server's decoder would deliver it. */
    public static Picture picture(BufferedImage image) {
        BufferedImage bgr = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = bgr.createGraphics();
        g.drawImage(image, 0, 0, null);
        g.dispose();
        byte[] pixels = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
        return new Picture(image.getWidth(), image.getHeight(), pixels);
    }

    /** The softness of a lens and the noise of a sensor. */
    private static BufferedImage photographed(BufferedImage painted, Random random) {
        BufferedImage photo = FaceCanvas.blurred(painted, LENS_BLUR);
        byte[] pixels = ((DataBufferByte) photo.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i += 3) {
            double grain = SENSOR_NOISE * random.nextGaussian();
            for (int c = 0; c < 3; c++) {
                double value = (pixels[i + c] & 0xff) + grain + 0.8 * random.nextGaussian();
                pixels[i + c] = (byte) Math.max(0, Math.min(255, Math.round(value)));
            }
        }
        return photo;
    }
}
