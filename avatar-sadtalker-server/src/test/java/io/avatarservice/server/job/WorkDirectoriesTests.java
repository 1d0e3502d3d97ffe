package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoriesTests {

    @TempDir
    Path root;

    @Test
    void removeOnlyWhatAnEarlierServerLeft() throws IOException {
        Path leftOver = new WorkDirectories(root).create().path();
        Files.writeString(leftOver.resolve("image"), "pixels");
        Path foreign = Files.writeString(root.resolve("notes.txt"), "mine");

        new WorkDirectories(root);

        assertThat(leftOver).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void takeATemporaryRootWithThem() throws IOException {
        WorkDirectories directories = new WorkDirectories(null);
        Path root = directories.root();

        directories.destroy();

        assertThat(root).doesNotExist();
    }

    @Test
    void aRequestCannotDiscardWhatAJobHasClaimed() throws IOException {
        WorkDirectory directory = new WorkDirectories(root).create();
        Files.writeString(directory.path().resolve("image"), "pixels");

        assertThat(directory.claim()).isTrue();
        directory.discard();
        assertThat(directory.path()).exists();

        directory.delete();
        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void aJobCannotClaimWhatItsRequestHasDiscarded() {
        WorkDirectory directory = new WorkDirectories(root).create();

        directory.discard();

        assertThat(directory.claim()).isFalse();
    }
}
