package io.avatarservice.server.driver.preview.testsupport;

import java.awt.geom.Point2D;

/**
 * Where a portrait's face was painted, in picture pixels. Left and right are the viewer's, as everywhere in the
 * painter.
 *
 * @param upperLip middle of the lower edge of the upper lip
 * @param lowerLip middle of the upper edge of the lower lip
 * @param eyeDistance between the pupils, pixels: the measure for tolerances
 */
public record FacialLandmarks(
        Point2D leftEyeOuter,
        Point2D leftEyeInner,
        Point2D rightEyeInner,
        Point2D rightEyeOuter,
        Point2D leftMouthCorner,
        Point2D rightMouthCorner,
        Point2D upperLip,
        Point2D lowerLip,
        Point2D chin,
        double eyeDistance) {}
