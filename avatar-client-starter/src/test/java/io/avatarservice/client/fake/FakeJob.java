package io.avatarservice.client.fake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as the fake server has it.
 *
 * @param id its name
 * @param key the {@code Idempotency-Key} it came with, or {@code null}
 * @param submit the fields of its JSON body, or the parts of its form with their content; media in a form are left out
 * @param status as on the wire
 */
public record FakeJob(String id, @Nullable String key, Map<String, Object> submit, String status) {}
