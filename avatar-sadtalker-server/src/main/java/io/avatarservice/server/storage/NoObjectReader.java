package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.net.URI;
import java.nio.file.Path;

/** Refuses every object: this server has no cloud store. */
final class NoObjectReader implements ObjectReader {

    @Override
    public URI check(String address, String field) {
        throw refusal(field);
    }

    @Override
    public void read(URI address, Path target, long maxBytes, String field) {
        throw refusal(field);
    }

    private static ProblemException refusal(String field) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                field,
                field + " must be an absolute http or https URL: this server stores its videos locally,"
                        + " and reads no gs:// or s3:// addresses");
    }
}
