package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // opened before each test
class LocalVideoStoreTests extends VideoStoreContractTests {

    private Path media;
    private LocalVideoStore store;

    @BeforeEach
    void open() {
        media = directory.resolve("media");
        store = new LocalVideoStore(media);
    }

    @Override
    VideoStore store() {
        return store;
    }

    @Override
    Optional<byte[]> download(VideoKey video) throws IOException {
        Optional<Path> file = store.find(video);
        return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    }

    @Test
    void takesTheFileOver() {
        store.put(key, rendered);

        assertThat(rendered).doesNotExist();
        assertThat(media).isDirectoryContaining(file -> file.endsWith(key.value()));
    }

    @Test
    void itsAddressIsServedByThisServerAndDoesNotExpire() {
        VideoLink link = new VideoLink(URI.create("/media/" + key.value()), null);

        assertThat(store.link(key)).isEqualTo(link);
        assertThat(store.freshLink(key)).isEqualTo(link);
    }

    @Test
    void saysThatItCannotStoreAndLeavesNothing() throws IOException {
        Files.delete(media);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.put(key, rendered))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                .withMessageNotContaining(directory.toString());
        assertThat(store.find(key)).isEmpty();
        assertThat(rendered).hasContent("video");
    }

    @Test
    void aFullDiskIsNamedAndNothingIsLeftOnIt() throws IOException {
        Configuration small = Configuration.unix().toBuilder()
                .setBlockSize(4096)
                .setMaxSize(64 << 10)
                .build();
        Files.write(rendered, new byte[100 << 10]);
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path directoryThere = disk.getPath("/media");
            LocalVideoStore full = new LocalVideoStore(directoryThere);

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> full.put(key, rendered))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_UNAVAILABLE))
                    .withMessageContaining("the disk of the media directory is full")
                    .withMessageContaining("the video has 102,400");

            assertThat(directoryThere).isEmptyDirectory();
            assertThat(rendered).hasSize(100 << 10);
            Files.write(rendered, new byte[10 << 10]);
            assertThat(full.put(key, rendered).bytes()).isEqualTo(10 << 10);
            assertThat(directoryThere.resolve(key.value())).hasSize(10 << 10);
        }
    }

    @Test
    void removesWhatAKilledServerLeftHalfWrittenAndNothingThatMayStillGrow() throws IOException {
        Path abandoned = Files.writeString(media.resolve(key.value() + ".part"), "vid");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path growing = Files.writeString(media.resolve(VideoKey.random().value() + ".part"), "vid");

        store = new LocalVideoStore(media);

        assertThat(media).isDirectoryNotContaining(abandoned::equals).isDirectoryContaining(growing::equals);
    }

    @Test
    void onlyItsOwnKeysAreKeys() {
        assertThat(VideoKey.parse(key.value())).contains(key);
        assertThat(VideoKey.parse("../" + key.value())).isEmpty();
        assertThat(VideoKey.parse("video.mp4")).isEmpty();
    }
}
