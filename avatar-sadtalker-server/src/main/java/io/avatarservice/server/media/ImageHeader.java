package io.avatarservice.server.media;

/**
 * What an image file says about itself before it is decoded.
 *
 * @param format container format
 * @param width stored width in pixels
 * @param height stored height in pixels
 * @param orientation how the stored picture is to be turned
 */
record ImageHeader(ImageFormat format, int width, int height, Orientation orientation) {}
