package io.avatarservice.server.torch.network;

import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.program.CheckpointSource;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.util.stream.Stream;

/** Where the weights of the networks come from. */
@FunctionalInterface
public interface CheckpointSources {

    /**
     * The source of one checkpoint.
     *
     * @param checkpoint its name in the programs' manifest, such as {@code sadtalker}
     * @param size side of the renderer's frames, 256 or 512
     */
    CheckpointSource source(String checkpoint, int size);

    /** The published files, wherever they lie. */
    static CheckpointSources published(ModelStore store, FileFingerprints fingerprints) {
        return (checkpoint, size) -> Stream.concat(Model.forSize(size).stream(), Model.forLivePortrait().stream())
                .filter(model -> model.checkpoint().equals(checkpoint))
                .findFirst()
                .map(model -> CheckpointSource.file(store.require(model), fingerprints, model.unknownGlobals()))
                .orElseThrow(() -> new IllegalArgumentException("no file holds the checkpoint " + checkpoint));
    }

    /** Made-up weights, for measuring where there are no files: speed does not depend on the values. */
    static CheckpointSources random(ProgramLibrary library) {
        return (checkpoint, size) -> CheckpointSource.random(library, checkpoint);
    }
}
