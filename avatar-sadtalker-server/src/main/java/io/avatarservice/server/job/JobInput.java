package io.avatarservice.server.job;

import java.net.URI;
import java.nio.file.Path;

/** Where one input of a job comes from. */
public sealed interface JobInput {

    /** The request field that named it, in its wire name: {@code image_b64}, {@code audio_url}. */
    String field();

    /** Came with the request and lies in the job's work directory. */
    record Uploaded(String field, Path file) implements JobInput {}

    /** Is downloaded by the worker. The address may be a signed URL, so it is never printed. */
    record Remote(String field, URI url) implements JobInput {
        @Override
        public String toString() {
            return "Remote[field=" + field + "]";
        }
    }
}
