package io.avatarservice.server.torch.network;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProgram;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.program.InstallListener;
import io.avatarservice.server.torch.program.Program;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Loads networks, each once for all renders. What is not installed yet is installed first. */
public final class NetworkLoader implements AutoCloseable {

    private final TorchRuntime runtime;
    private final Supplier<ProgramLibrary> library;
    private final ProgramInstaller installer;
    private final CheckpointSources checkpoints;
    private final InstallListener listener;
    private final Map<Key, TorchProgram> byName = new HashMap<>();
    private final Map<Path, TorchProgram> byArchive = new HashMap<>();

    /**
     * @param runtime runs the networks; not closed
     * @param library asked for when the first network is loaded, for it is large
     * @param checkpoints where weights come from; only those of the networks that are loaded are asked for
     * @param listener hears of installations, which the first use of a network waits for
     */
    public NetworkLoader(
            TorchRuntime runtime,
            Supplier<ProgramLibrary> library,
            ProgramInstaller installer,
            CheckpointSources checkpoints,
            InstallListener listener) {
        this.runtime = runtime;
        this.library = library;
        this.installer = installer;
        this.checkpoints = checkpoints;
        this.listener = listener;
    }

    /** What runs the networks. */
    public TorchRuntime runtime() {
        return runtime;
    }

    /**
     * A network, ready to run in the runtime's precision.
     *
     * @param name of the program
     * @param size side of the renderer's frames, for those whose weights depend on it
     */
    public TorchProgram load(String name, int size) {
        return load(name, size, runtime.precision());
    }

    /** The same in a precision of one's own, where the network has it, else in float32. */
    public synchronized TorchProgram load(String name, int size, Precision precision) {
        return byName.computeIfAbsent(
                new Key(name, size, precision),
                // both sizes share most archives
                key -> byArchive.computeIfAbsent(
                        install(name, size, precision), archive -> runtime.load(name, archive)));
    }

    private Path install(String name, int size, Precision precision) {
        Program program = library.get().program(name);
        String checkpoint = program.checkpoint();
        return checkpoint == null
                ? installer.install(program)
                : installer.install(program, precision, checkpoints.source(checkpoint, size), listener);
    }

    @Override
    public synchronized void close() {
        byArchive.values().forEach(TorchProgram::close);
        byArchive.clear();
        byName.clear();
    }

    private record Key(String name, int size, Precision precision) {}
}
