package io.avatarservice.server.driver.stage;

import io.avatarservice.server.torch.FloatTensor;
import java.util.Map;
import java.util.Set;

/**
 * Single stages of an engine, from tensors to tensors, for comparing their numbers with another implementation's. They run
 * the very code that renders. Bytes come and go as floats of whole numbers.
 */
public interface TensorStages extends AutoCloseable {

    /** The names of all stages. */
    Set<String> names();

    /** Whether an output of a stage has bytes, not floats. */
    boolean yieldsBytes(String stage, String output);

    /**
     * Runs one stage.
     *
     * @param inputs by name
     * @return the outputs by name
     * @throws IllegalArgumentException where there is no such stage or input, or an input has another shape
     */
    Map<String, FloatTensor> run(String name, Map<String, FloatTensor> inputs);

    /** Frees the networks. */
    @Override
    void close();
}
