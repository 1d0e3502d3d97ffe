package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises, whatever lies behind it. */
abstract class VideoStoreContractTests {

    /** More than one part, or one chunk, of every store. */
    private static final int LARGE = (20 << 20) + 7;

    final VideoKey key = VideoKey.random();

    @TempDir
    Path directory;

    Path rendered;

    /** The store under test; the same each time within one test. */
    abstract VideoStore store();

    /** What a client gets at the address of the video; empty where there is nothing. */
    abstract Optional<byte[]> download(VideoKey video) throws Exception;

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean storesWhileInterrupted() {
        VideoStore store = store();
        Thread.currentThread().interrupt();
        try {
            store.put(key, rendered);
            return true;
        } catch (ProblemException e) {
            return false;
        } finally {
            Thread.interrupted();
        }
    }

    @BeforeEach
    void render() throws IOException {
        rendered = Files.writeString(directory.resolve("rendered.mp4"), "video");
    }

    @Test
    void whatIsStoredIsDownloaded() throws Exception {
        StoredVideo video = store().put(key, rendered);

        assertThat(video).isEqualTo(new StoredVideo(key, "video/mp4", 5));
        assertThat(download(key)).hasValue(utf8("video"));
    }

    @Test
    void aLargeVideoArrivesWhole() throws Exception {
        byte[] content = new byte[LARGE];
        new Random(5).nextBytes(content);
        Files.write(rendered, content);

        StoredVideo video = store().put(key, rendered);

        assertThat(video.bytes()).isEqualTo(LARGE);
        assertThat(download(key)).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(content));
    }

    @Test
    void theSameKeyReplacesTheVideo() throws Exception {
        store().put(key, rendered);

        store().put(key, Files.writeString(directory.resolve("again.mp4"), "better"));

        assertThat(download(key)).hasValue(utf8("better"));
    }

    @Test
    void aVideoIsDeletedOnceAndForAll() throws Exception {
        store().put(key, rendered);

        store().delete(key);
        store().delete(key);

        assertThat(download(key)).isEmpty();
    }

    @Test
    void oneVideoDoesNotTouchAnother() throws Exception {
        VideoKey other = VideoKey.random();
        store().put(other, Files.writeString(directory.resolve("other.mp4"), "other"));
        store().put(key, rendered);

        store().delete(key);

        assertThat(download(other)).hasValue(utf8("other"));
    }

    @Test
    void aFileThatCannotBeReadLeavesNothing() throws Exception {
        Files.delete(rendered);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store().put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                .withMessageNotContaining(directory.toString());
        assertThat(download(key)).isEmpty();
    }

    @Test
    void anInterruptedThreadStoresAllOrNothing() throws Exception {
        boolean stored = storesWhileInterrupted();

        assertThat(download(key).isPresent()).isEqualTo(stored);
    }

    @Test
    void anAddressIsNeverPrinted() {
        store().put(key, rendered);

        VideoLink link = store().link(key);

        assertThat(link.url().toString()).contains(key.value());
        assertThat(link.toString()).doesNotContain("://", key.value());
    }

    @Test
    void itsPlaceIsNamedWithoutASecret() {
        assertThat(store().location()).isNotBlank().doesNotContain("?", "@");
    }
}
