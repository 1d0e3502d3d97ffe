package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoriesTests {

    @TempDir
    Path root;

    @Test
    void aServerKnowsItsOwnAmongAll() throws IOException {
        WorkDirectories mine = new WorkDirectories(root, "aaaaaaaaaaaa");
        WorkDirectories theirs = new WorkDirectories(root, "bbbbbbbbbbbb");
        WorkDirectory own = mine.create();
        WorkDirectory foreign = theirs.create();
        Files.writeString(root.resolve("notes.txt"), "mine");

        assertThat(mine.all()).extracting(WorkDirectory::name).containsExactlyInAnyOrder(own.name(), foreign.name());
        assertThat(mine.isOfFormerLife(own)).isFalse();
        WorkDirectories later = new WorkDirectories(root, "aaaaaaaaaaaa");
        assertThat(later.isOfFormerLife(own)).isTrue();
        assertThat(later.isOfFormerLife(foreign)).isFalse();
        assertThat(theirs.open(own.name()).path()).isEqualTo(own.path());
    }

    @Test
    void anUploadThatGrowsIsNoLeftOver() throws IOException {
        WorkDirectory directory = new WorkDirectories(root, "aaaaaaaaaaaa").create();
        Files.writeString(directory.path().resolve("image"), "pixels");

        assertThat(WorkDirectories.untouchedSince(Instant.now().minusSeconds(60), directory))
                .isFalse();
        assertThat(WorkDirectories.untouchedSince(Instant.now().plusSeconds(60), directory))
                .isTrue();
    }

    @Test
    void aRequestCannotDiscardWhatAJobHasClaimed() throws IOException {
        WorkDirectory directory = new WorkDirectories(root, "aaaaaaaaaaaa").create();
        Files.writeString(directory.path().resolve("image"), "pixels");

        assertThat(directory.claim()).isTrue();
        directory.sync();
        directory.discard();
        assertThat(directory.path()).exists();

        directory.delete();
        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void aJobCannotClaimWhatItsRequestHasDiscarded() {
        WorkDirectory directory = new WorkDirectories(root, "aaaaaaaaaaaa").create();

        directory.discard();

        assertThat(directory.claim()).isFalse();
    }
}
