package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobNodeTests {

    @TempDir
    Path directory;

    @Test
    void aServerKeepsItsNameOverItsLives() throws IOException {
        JobNode first = JobNode.open(directory);
        String name = first.name();
        first.destroy();

        JobNode second = JobNode.open(directory);

        assertThat(name).matches("[0-9a-f]{12}");
        assertThat(second.name()).isEqualTo(name);
        assertThat(second.alone()).isTrue();
        second.destroy();
    }

    @Test
    void twoServersNeverLiveUnderOneName() throws IOException {
        JobNode first = JobNode.open(directory);

        JobNode second = JobNode.open(directory);

        assertThat(second.name()).isNotEqualTo(first.name());
        assertThat(second.alone()).isFalse();
        first.destroy();
        second.destroy();
    }

    @Test
    void aDamagedNameIsReplaced() throws IOException {
        Files.writeString(directory.resolve("node"), "");

        JobNode node = JobNode.open(directory);

        assertThat(node.name()).matches("[0-9a-f]{12}");
        assertThat(directory.resolve("node")).hasContent(node.name());
        node.destroy();
    }
}
