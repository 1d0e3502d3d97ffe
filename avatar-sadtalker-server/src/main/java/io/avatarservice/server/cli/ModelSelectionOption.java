package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.Model;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which checkpoint files a command is about. */
final class ModelSelectionOption {

    private static final String SADTALKER = "sadtalker";

    @Option(
            names = "--driver",
            paramLabel = "sadtalker|liveportrait",
            defaultValue = SADTALKER,
            description = "Whose files (default: ${DEFAULT-VALUE}).")
    private String driver = SADTALKER;

    @Option(
            names = "--size",
            paramLabel = "256|512|all",
            defaultValue = "256",
            converter = ModelSelectionConverter.class,
            description = "Which files of sadtalker: those for one size of face, or all (default: ${DEFAULT-VALUE}).")
    private ModelSelection selection = ModelSelection.SIZE_256;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    Set<Model> models() {
        return switch (driver) {
            case SADTALKER -> selection.models();
            case "liveportrait" -> Model.forLivePortrait();
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--driver: expected sadtalker or liveportrait, not '%s'".formatted(driver));
        };
    }
}
