package io.avatarservice.server.cli;

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

/** Compares checkpoint files with the published ones. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Compares the SHA-256 of every file with the published one. Fails where one differs or is missing.")
final class ModelsVerifyCommand implements Callable<Integer> {

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
        ModelStore store = models.tools().store();
        TransferPrinter progress =
                new TransferPrinter(spec.commandLine().getErr(), System.console() != null, System::nanoTime);
        ModelTable table = new ModelTable(spec.commandLine().getOut());
        table.head();
        boolean official = true;
        for (ModelFile file : store.files(selection.models())) {
            ModelStatus status = verify(store, file, progress);
            table.row(status);
            official &= status.state() == ModelState.OFFICIAL;
        }
        return official ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static ModelStatus verify(ModelStore store, ModelFile file, TransferPrinter progress) {
        ModelStatus found = store.inspect(file);
        if (found.path() == null) {
            return found;
        }
        long total = found.path().toFile().length();
        progress.begin(0);
        ModelStatus status = store.verify(file, done -> progress.progress(done, total));
        progress.clear();
        return status;
    }
}
