package io.avatarservice.did.fake;

/**
 * One medium that was sent to {@link FakeDid} ahead of a submit.
 *
 * @param id as given to the client
 * @param part {@code image} or {@code audio}
 * @param fileName as the client named it
 * @param contentType as the client declared it
 * @param size in bytes
 * @param deleted whether the client has deleted it
 */
public record FakeUpload(String id, String part, String fileName, String contentType, int size, boolean deleted) {

    FakeUpload delete() {
        return new FakeUpload(id, part, fileName, contentType, size, true);
    }
}
