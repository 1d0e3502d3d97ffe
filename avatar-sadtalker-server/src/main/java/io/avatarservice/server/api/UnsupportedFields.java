package io.avatarservice.server.api;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.Set;

/** Fields of the contract that this server does not serve; ignoring them would render something else than asked. */
final class UnsupportedFields {

    private static final Set<String> NAMES = Set.of("driving_video", "driving_video_url", "driving_video_b64");

    private UnsupportedFields() {}

    static boolean contains(String field) {
        return NAMES.contains(field);
    }

    static ProblemException problem(String field) {
        return new ProblemException(ProblemCode.UNSUPPORTED, field, field + " is not supported by this server");
    }
}
