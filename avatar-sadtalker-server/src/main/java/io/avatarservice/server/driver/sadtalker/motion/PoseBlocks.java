package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How the frames of a clip pass through the pose decoder, which moves 32 frames at a time. Frame 0 rests in the
 * portrait's own pose. The rest of the clip that does not fill a block is the end of one that reaches back, or, in a clip
 * of fewer than 33 frames, repeats the embedding of frame 1.
 *
 * @param frames frames of the clip, from 1
 * @param blocks the runs of the decoder in the order of their latent draws
 */
public record PoseBlocks(int frames, List<Block> blocks) {

    /** Frames of one run of the decoder. */
    public static final int LENGTH = 32;

    private static final int EMBEDDING = 512;

    /**
     * One run of the decoder, whose last output is for frame {@code to - 1}.
     *
     * @param from the first frame that takes its pose from the run
     * @param to after the last one
     */
    public record Block(int from, int to) {

        /** The frame whose embedding the decoder reads at a place of {@code 0..31}. */
        public int frame(int place) {
            return Math.max(1, to - LENGTH + place);
        }
    }

    public PoseBlocks {
        blocks = List.copyOf(blocks);
    }

    public static PoseBlocks of(int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("a clip has at least one frame, got " + frames);
        }
        List<Block> blocks = new ArrayList<>();
        for (int from = 1; from < frames; from += LENGTH) {
            blocks.add(new Block(from, Math.min(from + LENGTH, frames)));
        }
        return new PoseBlocks(frames, blocks);
    }

    /**
     * Gathers what the decoder reads.
     *
     * @param embeddings {@code [frames,512]}, of every frame; that of frame 0 is not used
     * @param from the first block
     * @param to after the last block
     * @return {@code [to - from,32,512]}
     */
    public FloatTensor gather(FloatTensor embeddings, int from, int to) {
        Shapes.require("the audio embeddings", embeddings, frames, EMBEDDING);
        float[] values = new float[(to - from) * LENGTH * EMBEDDING];
        int index = 0;
        for (Block block : blocks.subList(from, to)) {
            for (int place = 0; place < LENGTH; place++) {
                System.arraycopy(embeddings.values(), block.frame(place) * EMBEDDING, values, index, EMBEDDING);
                index += EMBEDDING;
            }
        }
        return FloatTensor.of(values, to - from, LENGTH, EMBEDDING);
    }

    /**
     * Puts the decoder's motions together.
     *
     * @param reference the portrait's pose, {@code [1,6]}
     * @param motions {@code [blocks,32,6]}
     * @return the reference plus the motion of every frame, {@code [frames,6]}
     */
    public FloatTensor assemble(FloatTensor reference, FloatTensor motions) {
        int pose = CoefficientLayout.POSE;
        Shapes.require("the reference pose", reference, 1, pose);
        Shapes.require("the motions", motions, blocks.size(), LENGTH, pose);
        float[] poses = new float[frames * pose];
        System.arraycopy(reference.values(), 0, poses, 0, pose);
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            int offset = ((i + 1) * LENGTH - block.to()) * pose;
            for (int at = block.from() * pose; at < block.to() * pose; at++) {
                poses[at] = reference.values()[at % pose] + motions.values()[offset + at];
            }
        }
        return FloatTensor.of(poses, frames, pose);
    }
}
