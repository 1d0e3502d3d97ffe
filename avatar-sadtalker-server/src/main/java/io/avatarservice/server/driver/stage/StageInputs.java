package io.avatarservice.server.driver.stage;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Map;

/**
 * The inputs of one stage.
 *
 * @param stage the stage's name, for messages
 * @param tensors by name
 */
public record StageInputs(String stage, Map<String, FloatTensor> tensors) {

    /** @throws IllegalArgumentException where there is no such input */
    public FloatTensor get(String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the stage '%s' needs the input '%s'; there are %s"
                    .formatted(stage, name, String.join(", ", tensors.keySet())));
        }
        return tensor;
    }
}
