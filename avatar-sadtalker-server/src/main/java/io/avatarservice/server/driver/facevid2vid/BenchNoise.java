package io.avatarservice.server.driver.facevid2vid;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Arrays;
import java.util.Random;

/** Inputs for measurements: always the same noise. */
public final class BenchNoise {

    private final Random random = new Random(0);

    /** Values from 0 to {@code limit}. */
    public FloatTensor floats(float limit, long... shape) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < values.length; i++) {
            values[i] = limit * random.nextFloat();
        }
        return FloatTensor.of(values, shape);
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
