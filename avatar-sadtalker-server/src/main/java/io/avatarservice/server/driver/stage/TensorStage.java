package io.avatarservice.server.driver.stage;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Map;

/** One step of an engine, from tensors to tensors. */
@FunctionalInterface
public interface TensorStage {

    /**
     * @return the outputs by name
     * @throws IllegalArgumentException where an input is missing or has another shape
     */
    Map<String, FloatTensor> run(StageInputs inputs);
}
