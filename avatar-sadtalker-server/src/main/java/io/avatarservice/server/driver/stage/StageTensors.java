package io.avatarservice.server.driver.stage;

import io.avatarservice.server.torch.FloatTensor;

/** Bytes in the tensors of stages. */
public final class StageTensors {

    private StageTensors() {}

    /** The elements, which are whole numbers from 0 to 255. */
    public static byte[] bytes(FloatTensor tensor) {
        byte[] bytes = new byte[tensor.values().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) tensor.values()[i];
        }
        return bytes;
    }

    /** The unsigned bytes as elements. */
    public static FloatTensor floats(byte[] bytes, long... shape) {
        float[] values = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i] & 0xff;
        }
        return FloatTensor.of(values, shape);
    }
}
