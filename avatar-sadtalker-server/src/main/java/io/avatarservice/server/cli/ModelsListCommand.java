package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelStore;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows which checkpoint files are there. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Shows which files are there, and where.",
            "Looks at sizes and first bytes; 'verify' compares the contents."
        })
final class ModelsListCommand implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ModelsCommand models;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelStore store = models.tools().store();
        ModelTable table = new ModelTable(spec.commandLine().getOut());
        table.head();
        store.files(EnumSet.allOf(Model.class)).forEach(file -> table.row(store.inspect(file)));
        return ExitCode.OK;
    }
}
