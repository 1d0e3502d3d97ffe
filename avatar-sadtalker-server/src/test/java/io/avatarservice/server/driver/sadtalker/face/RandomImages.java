package io.avatarservice.server.driver.sadtalker.face;

/** Noise that Python makes too: {@code s = s·1103515245 + 12345 mod 2^31}, one byte from bit 16 on. */
final class RandomImages {

    private RandomImages() {}

    static RgbImage of(int width, int height, int seed) {
        return new RgbImage(width, height, bytes(width * height * 3, seed));
    }

    static byte[] bytes(int count, int seed) {
        byte[] bytes = new byte[count];
        int state = seed;
        for (int i = 0; i < count; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            bytes[i] = (byte) (state >> 16);
        }
        return bytes;
    }
}
