package io.avatarservice.server.driver.sadtalker.face;

/**
 * How bytes become the floats of a network. Dividing by 255 and multiplying by its inverse differ in the last bit of
 * some values, so each network names the one that it was trained with.
 */
public enum PixelScale {
    /** 0..255, as RetinaFace takes it. */
    BYTE {
        @Override
        float apply(int value) {
            return value;
        }
    },
    /** 0..1 by dividing in float32, as the FAN takes it. */
    DIVIDED {
        @Override
        float apply(int value) {
            return value / 255f;
        }
    },
    /** 0..1 by dividing in double and rounding, as the 3DMM regressor takes it. */
    DIVIDED_IN_DOUBLE {
        @Override
        float apply(int value) {
            return (float) (value / 255.0);
        }
    },
    /** 0..1 by multiplying with {@code (float) (1 / 255)}, as the renderer takes it (scikit-image's rule). */
    MULTIPLIED {
        @Override
        float apply(int value) {
            return value * (float) (1 / 255.0);
        }
    };

    abstract float apply(int value);

    /** The floats of all 256 byte values. */
    float[] table() {
        float[] table = new float[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = apply(value);
        }
        return table;
    }
}
