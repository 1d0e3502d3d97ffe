package io.avatarservice.server.driver.picture;

/** Noise that Python makes too: {@code s = s·1103515245 + 12345 mod 2^31}, one byte from bit 16 on. */
public final class RandomBytes {

    private RandomBytes() {}

    public static byte[] of(int count, int seed) {
        byte[] bytes = new byte[count];
        int state = seed;
        for (int i = 0; i < count; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            bytes[i] = (byte) (state >> 16);
        }
        return bytes;
    }
}
