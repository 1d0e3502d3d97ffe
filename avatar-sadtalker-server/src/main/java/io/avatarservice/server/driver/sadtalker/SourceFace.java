package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.face.SourceRegion;

/**
 * The portrait's face as the networks take it.
 *
 * @param region which part of the picture is animated
 * @param square that part, as large as the renderer's frames
 * @param row its 73 coefficients
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in place
record SourceFace(SourceRegion region, RgbImage square, float[] row) {}
