package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import java.util.Map;

/**
 * The tensors of a program in a checkpoint.
 *
 * @param names the name in the checkpoint by the name below the program's prefix
 */
record CheckpointTensors(Checkpoint checkpoint, Map<String, String> names) implements TensorSource {

    @Override
    public Weights tensor(String name) {
        String inCheckpoint = names.get(name);
        TensorInfo info = inCheckpoint == null ? null : checkpoint.tensors().get(inCheckpoint);
        if (inCheckpoint == null || info == null) {
            throw new IllegalArgumentException("no tensor " + name + " among those that the program lists");
        }
        return Weights.of(info.shape(), checkpoint.read(inCheckpoint));
    }
}
