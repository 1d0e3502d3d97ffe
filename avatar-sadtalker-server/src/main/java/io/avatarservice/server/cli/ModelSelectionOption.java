package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.Model;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which checkpoint files a command is about. */
final class ModelSelectionOption {

    @Option(
            names = "--size",
            paramLabel = "256|512|all",
            defaultValue = "256",
            converter = ModelSelectionConverter.class,
            description = "Which files: those for one size of face, or all (default: ${DEFAULT-VALUE}).")
    private ModelSelection selection = ModelSelection.SIZE_256;

    Set<Model> models() {
        return selection.models();
    }
}
