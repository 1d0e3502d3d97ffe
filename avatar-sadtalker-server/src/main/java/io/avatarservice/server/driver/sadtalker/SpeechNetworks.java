package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.sadtalker.motion.PoseBlocks;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/** Runs the audio networks over a clip, some frames at a time: they are small, and no frame depends on another. */
final class SpeechNetworks {

    private static final int FRAMES_AT_ONCE = 64;
    private static final int BLOCKS_AT_ONCE = 8;

    private final Networks networks;

    SpeechNetworks(Networks networks) {
        this.networks = networks;
    }

    /**
     * The expression of each frame.
     *
     * @param reference {@code [N, 64]}
     * @param blink {@code [N, 1]}
     * @return {@code [N, 64]}
     */
    FloatTensor expressions(SpeechWindows windows, FloatTensor reference, FloatTensor blink) {
        List<FloatTensor> parts = new ArrayList<>();
        for (int from = 0; from < windows.frames(); from += FRAMES_AT_ONCE) {
            int to = Math.min(from + FRAMES_AT_ONCE, windows.frames());
            parts.add(networks.expressions(windows.range(from, to), reference.rows(from, to), blink.rows(from, to)));
        }
        return FloatTensor.concatenated(parts);
    }

    /**
     * The head pose of each frame, not yet smoothed.
     *
     * @param reference the portrait's pose, {@code [1, 6]}
     * @param style 0 to 45
     * @param latents {@code [blocks, 64]}
     * @return {@code [N, 6]}
     */
    FloatTensor poses(SpeechWindows windows, FloatTensor reference, int style, FloatTensor latents) {
        PoseBlocks blocks = PoseBlocks.of(windows.frames());
        if (blocks.blocks().isEmpty()) {
            return reference;
        }
        FloatTensor embeddings = embeddings(windows);
        List<FloatTensor> motions = new ArrayList<>();
        int count = blocks.blocks().size();
        for (int from = 0; from < count; from += BLOCKS_AT_ONCE) {
            int to = Math.min(from + BLOCKS_AT_ONCE, count);
            motions.add(networks.motions(
                    reference.repeated(to - from), latents.rows(from, to), style, blocks.gather(embeddings, from, to)));
        }
        return blocks.assemble(reference, FloatTensor.concatenated(motions));
    }

    private FloatTensor embeddings(SpeechWindows windows) {
        List<FloatTensor> parts = new ArrayList<>();
        for (int from = 0; from < windows.frames(); from += FRAMES_AT_ONCE) {
            parts.add(networks.embeddings(windows.range(from, Math.min(from + FRAMES_AT_ONCE, windows.frames()))));
        }
        return FloatTensor.concatenated(parts);
    }
}
