package io.avatarservice.server.driver.sadtalker.motion;

/** MT19937 (Matsumoto &amp; Nishimura 1998), the generator that Python and PyTorch draw from. For one thread. */
final class MersenneTwister {

    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /** Seeds as {@code init_genrand} does. */
    MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * mixed(i - 1) + i;
        }
    }

    /** Seeds as {@code init_by_array} does. */
    MersenneTwister(int[] key) {
        this(19650218);
        int i = 1;
        int j = 0;
        for (int k = Math.max(SIZE, key.length); k > 0; k--) {
            state[i] = (state[i] ^ mixed(i - 1) * 1664525) + key[j] + j;
            i = following(i);
            j = (j + 1) % key.length;
        }
        for (int k = SIZE - 1; k > 0; k--) {
            state[i] = (state[i] ^ mixed(i - 1) * 1566083941) - i;
            i = following(i);
        }
        state[0] = 0x80000000;
    }

    /** The next 32 random bits. */
    int next() {
        if (next == SIZE) {
            twist();
            next = 0;
        }
        int bits = state[next++];
        bits ^= bits >>> 11;
        bits ^= bits << 7 & 0x9D2C5680;
        bits ^= bits << 15 & 0xEFC60000;
        return bits ^ bits >>> 18;
    }

    private int mixed(int index) {
        return state[index] ^ state[index] >>> 30;
    }

    /** The next index of the seeding loops, which never comes back to 0. */
    private int following(int index) {
        if (index == SIZE - 1) {
            state[0] = state[SIZE - 1];
            return 1;
        }
        return index + 1;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int bits = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7FFFFFFF;
            state[i] = state[(i + SHIFT) % SIZE] ^ bits >>> 1 ^ ((bits & 1) == 0 ? 0 : 0x9908B0DF);
        }
    }
}
