package io.avatarservice.server.driver;

import java.nio.ByteBuffer;

/**
 * One frame on loan: {@code height × width × 3} bytes in a direct buffer, rows top to bottom without padding, blue,
 * green, red per pixel.
 *
 * @param slot index of the buffer in its pool, from 0; lets a driver cache a native view for each buffer
 * @param pixels the bytes
 */
public record FrameBuffer(int slot, ByteBuffer pixels) {}
