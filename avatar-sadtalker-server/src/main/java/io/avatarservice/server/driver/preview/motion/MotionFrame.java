package io.avatarservice.server.driver.preview.motion;

/**
 * Pose and expression of one frame; all zero is the portrait as it is. Directions are those of the picture as the
 * viewer sees it.
 *
 * @param jaw mouth opening, 0 closed to 1 widest
 * @param spread lip shape, -1 rounded to +1 spread
 * @param press lips pressed beyond their rest, 0 to 1: closures and plosives
 * @param activity 0 the portrait's own mouth, 1 a mouth that is driven by speech alone
 * @param blinkLeft lid of the eye on the viewer's left, 0 as in the portrait to 1 closed
 * @param blinkRight lid of the eye on the viewer's right, 0 as in the portrait to 1 closed
 * @param brow brows, -0.3 lowered to 1 raised
 * @param yaw degrees, positive turns the face to the viewer's right; at most 5 either way
 * @param pitch degrees, positive lifts the chin, negative nods; at most 4 either way
 * @param roll degrees, positive tilts clockwise; at most 3.5 either way
 * @param shiftX fraction of the face's height, positive to the right
 * @param shiftY fraction of the face's height, positive downwards
 */
public record MotionFrame(
        float jaw,
        float spread,
        float press,
        float activity,
        float blinkLeft,
        float blinkRight,
        float brow,
        float yaw,
        float pitch,
        float roll,
        float shiftX,
        float shiftY) {}
