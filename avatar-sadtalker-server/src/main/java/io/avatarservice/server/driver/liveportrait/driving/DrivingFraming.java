package io.avatarservice.server.driver.liveportrait.driving;

/**
 * What of a driving video is looked at.
 *
 * @param cropped whether the face is cut out; it always is where the video is not square
 * @param scale side of what is cut out, in sides of the face
 * @param shift how far that is moved down, in its own sides
 */
public record DrivingFraming(boolean cropped, double scale, double shift) {}
