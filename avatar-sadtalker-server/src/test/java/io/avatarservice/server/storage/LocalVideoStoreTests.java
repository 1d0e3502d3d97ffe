package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalVideoStoreTests {

    private final VideoKey key = VideoKey.random();

    @TempDir
    Path directory;

    private Path media;
    private Path rendered;

    @BeforeEach
    void render() throws IOException {
        media = directory.resolve("media");
        rendered = Files.writeString(directory.resolve("rendered.mp4"), "video");
    }

    @Test
    void takesTheFileOver() {
        LocalVideoStore store = new LocalVideoStore(media);

        StoredVideo video = store.put(key, rendered);

        assertThat(video).isEqualTo(new StoredVideo(key, "video/mp4", 5));
        assertThat(store.find(key)).get().satisfies(file -> assertThat(file).hasContent("video"));
        assertThat(rendered).doesNotExist();
        assertThat(media).isDirectoryContaining(file -> file.endsWith(key.value()));
    }

    @Test
    void itsAddressIsServedByThisServer() {
        assertThat(new LocalVideoStore(media).link(key))
                .isEqualTo(new VideoLink(URI.create("/media/" + key.value()), null));
    }

    @Test
    void deletesAVideoOnceAndForAll() {
        LocalVideoStore store = new LocalVideoStore(media);
        store.put(key, rendered);

        store.delete(key);
        store.delete(key);

        assertThat(store.find(key)).isEmpty();
        assertThat(media).isEmptyDirectory();
    }

    @Test
    void saysThatItCannotStoreAndLeavesNothing() throws IOException {
        LocalVideoStore store = new LocalVideoStore(media);
        Files.delete(media);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                .withMessageNotContaining(directory.toString());
        assertThat(store.find(key)).isEmpty();
    }

    @Test
    void removesWhatAKilledServerLeftHalfWritten() throws IOException {
        Files.createDirectories(media);
        Files.writeString(media.resolve(key.value() + ".part"), "vid");

        new LocalVideoStore(media);

        assertThat(media).isEmptyDirectory();
    }

    @Test
    void onlyItsOwnKeysAreKeys() {
        assertThat(VideoKey.parse(key.value())).contains(key);
        assertThat(VideoKey.parse("../" + key.value())).isEmpty();
        assertThat(VideoKey.parse("video.mp4")).isEmpty();
    }
}
