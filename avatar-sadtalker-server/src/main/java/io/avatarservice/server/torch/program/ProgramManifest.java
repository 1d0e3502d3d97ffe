package io.avatarservice.server.torch.program;

import java.util.Map;

/**
 * The content of {@code weights.json}.
 *
 * @param programs the programs by name
 */
record ProgramManifest(Map<String, ProgramDescription> programs) {

    ProgramManifest {
        programs = Map.copyOf(programs);
    }
}
