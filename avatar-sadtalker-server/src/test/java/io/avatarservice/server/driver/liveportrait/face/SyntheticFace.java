package io.avatarservice.server.driver.liveportrait.face;

import io.avatarservice.server.torch.FloatTensor;

/** 203 made-up landmarks. */
public final class SyntheticFace {

    private SyntheticFace() {}

    public static FloatTensor landmarks() {
        float[] xy = new float[203 * 2];
        for (int i = 0; i < 203; i++) {
            double angle = 2 * Math.PI * i / 203;
            xy[2 * i] = (float) (300 + 120 * Math.cos(angle) + 7 * (i % 5));
            xy[2 * i + 1] = (float) (260 + 150 * Math.sin(angle) + 3 * (i % 7));
        }
        return FloatTensor.of(xy, 203, 2);
    }
}
