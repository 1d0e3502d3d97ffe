package io.avatarservice.server.torch.model;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.program.CheckpointSource;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.InstallListener;
import io.avatarservice.server.torch.program.Program;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Installs the programs whose weights lie in some checkpoint files. */
public final class ModelInstaller {

    private final ProgramLibrary programs;
    private final ModelStore store;
    private final ProgramInstaller installer;
    private final FileFingerprints fingerprints;

    public ModelInstaller(
            ProgramLibrary programs, ModelStore store, ProgramInstaller installer, FileFingerprints fingerprints) {
        this.programs = programs;
        this.store = store;
        this.installer = installer;
        this.fingerprints = fingerprints;
    }

    /**
     * Installs every program of some models, and those without weights. Blocks; what is installed already takes no time.
     *
     * @return the installed archives
     * @throws ModelException where a file is missing, damaged or refused
     */
    public Set<Path> install(Collection<Model> models, Precision precision, InstallListener listener) {
        Set<Path> installed = new LinkedHashSet<>();
        for (String name : programs.names()) {
            Program program = programs.program(name);
            if (program.checkpoint() == null) {
                installed.add(installer.install(program));
            }
        }
        for (ModelFile file : store.files(models)) {
            installed.addAll(install(file.model(), precision, listener));
        }
        return installed;
    }

    private Set<Path> install(Model model, Precision precision, InstallListener listener) {
        CheckpointSource checkpoint = CheckpointSource.file(store.require(model), fingerprints, model.unknownGlobals());
        Set<Path> installed = new LinkedHashSet<>();
        for (String name : programs.names()) {
            Program program = programs.program(name);
            if (model.checkpoint().equals(program.checkpoint())) {
                installed.add(installer.install(program, precision, checkpoint, listener));
            }
        }
        return installed;
    }
}
