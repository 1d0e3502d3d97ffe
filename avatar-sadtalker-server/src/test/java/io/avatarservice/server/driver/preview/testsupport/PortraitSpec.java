package io.avatarservice.server.driver.preview.testsupport;

import java.awt.Color;

/**
 * What to paint. Lengths of the face are millimeters of a life-size head; left and right are the viewer's.
 *
 * @param name who this is, for test names
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param clothes color of the shirt
 * @param glasses whether the person wears glasses
 * @param seed of everything random: strands, skin texture, noise
 */
public record PortraitSpec(
        String name,
        int width,
        int height,
        Placement placement,
        Skin skin,
        Face face,
        Eyes eyes,
        Brows brows,
        Nose nose,
        Mouth mouth,
        Hair hair,
        boolean beard,
        boolean glasses,
        Color clothes,
        Background background,
        long seed) {

    /** The name alone, for reports of parameterized tests. */
    @Override
    public String toString() {
        return name;
    }

    /**
     * Where the head is.
     *
     * @param x of the point between the eyes, fraction of the picture's width
     * @param y of the point between the eyes, fraction of the picture's height
     * @param scale pixels per millimeter
     * @param roll degrees, positive tilts clockwise
     */
    public record Placement(double x, double y, double scale, double roll) {}

    /**
     * The skin.
     *
     * @param redness of cheeks, nose and ears, 0..1
     * @param age depth of folds and lines, 0 young to 1 old
     */
    public record Skin(Color tone, double redness, double age) {}

    /**
     * The outline.
     *
     * @param length from the eye line to the chin
     * @param width over the cheekbones
     * @param jaw width of the jaw, fraction of the face's width
     */
    public record Face(double length, double width, double jaw) {}

    /**
     * Both eyes.
     *
     * @param distance of the pupils
     * @param width from corner to corner
     * @param opening between the lids
     */
    public record Eyes(double distance, double width, double opening, Color iris) {}

    /**
     * Both brows.
     *
     * @param height above the eye line
     * @param arch how far the middle rises above the ends
     */
    public record Brows(double height, double thickness, double arch, Color color) {}

    /**
     * The nose.
     *
     * @param length from the eye line to the base
     * @param width over the wings
     */
    public record Nose(double length, double width) {}

    /**
     * The mouth.
     *
     * @param width from corner to corner
     * @param upper thickness of the upper lip
     * @param lower thickness of the lower lip
     */
    public record Mouth(double width, double upper, double lower, Color color, Expression expression) {}

    /** What the mouth does. */
    public enum Expression {
        CLOSED,
        SLIGHT_SMILE,
        /** Lips apart, upper teeth to be seen. */
        OPEN_SMILE
    }

    /** The hair of the head. */
    public record Hair(Color color, Style style) {}

    /** How the hair is worn. */
    public enum Style {
        SHORT,
        PARTED,
        LONG,
        CURLY,
        /** A wreath above the ears. */
        BALDING
    }

    /** What is behind the person. */
    public record Background(Backdrop backdrop, Color color) {}

    /** Kinds of background. */
    public enum Backdrop {
        PLAIN,
        GRADIENT,
        BRICKS
    }
}
