package io.avatarservice.server.driver.sadtalker.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.avatarservice.server.driver.sadtalker.motion.PoseBlocks.Block;
import io.avatarservice.server.torch.FloatTensor;
import org.junit.jupiter.api.Test;

class PoseBlocksTests {

    private static final FloatTensor REFERENCE = FloatTensor.of(new float[] {10, 20, 30, 40, 50, 60}, 1, 6);

    @Test
    void theFirstFrameRestsInThePortraitsPose() {
        PoseBlocks blocks = PoseBlocks.of(1);

        assertThat(blocks.blocks()).isEmpty();
        assertThat(blocks.assemble(REFERENCE, FloatTensor.of(new float[0], 0, 32, 6)))
                .usingRecursiveComparison()
                .isEqualTo(REFERENCE);
    }

    @Test
    void theOtherFramesAreCutIntoBlocks() {
        assertThat(PoseBlocks.of(33).blocks()).containsExactly(new Block(1, 33));
        assertThat(PoseBlocks.of(70).blocks()).containsExactly(new Block(1, 33), new Block(33, 65), new Block(65, 70));
    }

    @Test
    void aFullBlockReadsItsOwnFrames() {
        Block block = PoseBlocks.of(70).blocks().get(1);

        assertThat(block.frame(0)).isEqualTo(33);
        assertThat(block.frame(31)).isEqualTo(64);
    }

    @Test
    void theRestReachesBack() {
        Block rest = PoseBlocks.of(70).blocks().get(2);

        assertThat(rest.frame(0)).isEqualTo(38);
        assertThat(rest.frame(31)).isEqualTo(69);
    }

    @Test
    void aShortClipRepeatsItsFirstEmbedding() {
        Block only = PoseBlocks.of(4).blocks().get(0);

        assertThat(only.frame(0)).isEqualTo(1);
        assertThat(only.frame(29)).isEqualTo(1);
        assertThat(only.frame(30)).isEqualTo(2);
        assertThat(only.frame(31)).isEqualTo(3);
    }

    @Test
    void embeddingsAreGatheredForSomeBlocks() {
        FloatTensor gathered = PoseBlocks.of(70).gather(Tensors.numbered(70, 512), 1, 3);

        assertThat(gathered.shape()).containsExactly(2L, 32L, 512L);
        assertThat(gathered.values()[7]).isEqualTo(33_007);
        assertThat(gathered.values()[32 * 512 + 511]).isEqualTo(38_511);
    }

    @Test
    void theLastMotionsOfTheRestAreKept() {
        // A motion is 1000 times its block plus its place.
        float[] motions = new float[3 * 32 * 6];
        for (int i = 0; i < motions.length; i++) {
            motions[i] = 1000f * (i / 192) + i % 192 / 6;
        }

        float[] poses = PoseBlocks.of(70)
                .assemble(REFERENCE, FloatTensor.of(motions, 3, 32, 6))
                .values();

        assertThat(poses).hasSize(420);
        assertThat(poses[5]).isEqualTo(60);
        assertThat(poses[6]).isEqualTo(10);
        assertThat(poses[32 * 6]).isEqualTo(10 + 31);
        assertThat(poses[33 * 6 + 1]).isEqualTo(20 + 1000);
        assertThat(poses[65 * 6]).isEqualTo(10 + 2027);
        assertThat(poses[69 * 6]).isEqualTo(10 + 2031);
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoseBlocks.of(5).gather(Tensors.numbered(4, 512), 0, 1))
                .withMessage("the audio embeddings must have the shape [5, 512], got [4, 512]");
        assertThatIllegalArgumentException().isThrownBy(() -> PoseBlocks.of(0));
    }
}
