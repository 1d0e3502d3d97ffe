package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.Checkpoints;
import io.avatarservice.server.torch.checkpoint.UnknownGlobals;
import java.nio.file.Path;

/** A checkpoint that is opened only where a program still has to be installed from it. */
public interface CheckpointSource {

    /** Changes with the content. */
    String fingerprint();

    /** Opens it; the caller closes. */
    Checkpoint open();

    /** A checkpoint file. */
    static CheckpointSource file(Path file, FileFingerprints fingerprints) {
        return file(file, fingerprints, UnknownGlobals.REFUSED);
    }

    /** The same, with a say in what becomes of a pickle's unknown globals. */
    static CheckpointSource file(Path file, FileFingerprints fingerprints, UnknownGlobals unknown) {
        return new CheckpointSource() {
            @Override
            public String fingerprint() {
                return fingerprints.sha256(file);
            }

            @Override
            public Checkpoint open() {
                return Checkpoints.open(file, unknown);
            }
        };
    }

    /** The made-up weights of a logical checkpoint, see {@link ProgramLibrary#randomCheckpoint}. */
    static CheckpointSource random(ProgramLibrary programs, String checkpoint) {
        return new CheckpointSource() {
            @Override
            public String fingerprint() {
                return RandomCheckpoint.FINGERPRINT;
            }

            @Override
            public Checkpoint open() {
                return programs.randomCheckpoint(checkpoint);
            }
        };
    }
}
