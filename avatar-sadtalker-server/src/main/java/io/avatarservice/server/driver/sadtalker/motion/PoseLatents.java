package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** The latent draws of the pose decoder, from which two heads that hear the same speech move differently. */
public final class PoseLatents {

    /** Values of one draw. */
    public static final int SIZE = 64;

    private PoseLatents() {}

    /**
     * Draws as PyTorch does on a CPU after {@code manual_seed(seed)}: the reference's own draws at a variation of 1.
     *
     * @param blocks how many draws: one per {@linkplain PoseBlocks block}
     * @param seed the seed; PyTorch uses its low 32 bits
     * @param variation what the draws are multiplied by, 0 to 1.5; 0 is the style's mean motion, the same for every seed
     * @return {@code [blocks,64]}
     */
    public static FloatTensor draw(int blocks, long seed, double variation) {
        float[] values = new float[blocks * SIZE];
        if (variation == 0) {
            return FloatTensor.of(values, blocks, SIZE);
        }
        TorchRandom random = new TorchRandom(seed);
        for (int block = 0; block < blocks; block++) {
            System.arraycopy(random.normal(SIZE), 0, values, block * SIZE, SIZE);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) variation;
        }
        return FloatTensor.of(values, blocks, SIZE);
    }
}
