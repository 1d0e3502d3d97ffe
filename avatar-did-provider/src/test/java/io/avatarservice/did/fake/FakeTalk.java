package io.avatarservice.did.fake;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One talk at {@link FakeDid}, as it was at the moment of the question.
 *
 * @param id as given to the client
 * @param request the body of the submit
 * @param createdAt when it was accepted
 * @param status as last told
 * @param deleted whether the client has deleted it
 */
public record FakeTalk(String id, Map<String, Object> request, Instant createdAt, String status, boolean deleted) {

    /** What the client put there to recognize the talk by. */
    public @Nullable String userData() {
        return text("user_data");
    }

    /** The talk's name for people. */
    public @Nullable String name() {
        return text("name");
    }

    /** Where the client wants to be told of changes. */
    public @Nullable String webhook() {
        return text("webhook");
    }

    private @Nullable String text(String field) {
        return request.get(field) instanceof String value ? value : null;
    }
}
