package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.ModelException;
import io.avatarservice.server.torch.model.ModelFile;
import io.avatarservice.server.torch.model.ModelState;
import io.avatarservice.server.torch.model.ModelStatus;
import io.avatarservice.server.torch.model.ModelStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Downloads the checkpoint files that are missing. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = {
            "Downloads the files that are missing.",
            "An interrupted download goes on where it stopped when the command is run again."
        })
final class ModelsDownloadCommand implements Callable<Integer> {

    @Mixin
    private final ModelSelectionOption selection = new ModelSelectionOption();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ModelsCommand models;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelTools tools = models.tools();
        TransferPrinter progress =
                new TransferPrinter(spec.commandLine().getErr(), System.console() != null, System::nanoTime);
        ModelTable table = new ModelTable(spec.commandLine().getOut());
        for (ModelFile file : tools.store().files(selection.models())) {
            table.row(obtain(tools, file, progress));
        }
        return ExitCode.OK;
    }

    private static ModelStatus obtain(ModelTools tools, ModelFile file, TransferPrinter progress) {
        ModelStore store = tools.store();
        ModelStatus found = store.inspect(file);
        boolean own = found.path() == null || found.path().startsWith(store.directory());
        if (found.state() == ModelState.DAMAGED && !own) {
            throw new ModelException("%s %s; a SadTalker checkout is never written: replace or delete the file there"
                    .formatted(found.path(), found.detail()));
        }
        boolean needed = found.state() == ModelState.MISSING || found.state() == ModelState.DAMAGED;
        return needed ? tools.downloader().download(file, progress) : found;
    }
}
