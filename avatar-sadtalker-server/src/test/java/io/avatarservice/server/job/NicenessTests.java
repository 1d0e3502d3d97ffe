package io.avatarservice.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTests {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        thread.shutdown();
    }

    @Test
    void aThreadGivesWayAndTheOthersDoNot() throws Exception {
        int before = niceness();

        int nice = thread.submit(() -> {
                    Niceness.ofThisThread(11);
                    return niceness();
                })
                .get();

        assertThat(nice).isEqualTo(11);
        assertThat(niceness()).isEqualTo(before);
    }

    @Test
    void noNicenessLeavesTheThreadAsItIs() throws Exception {
        int before = niceness();

        int nice = thread.submit(() -> {
                    Niceness.ofThisThread(0);
                    return niceness();
                })
                .get();

        assertThat(nice).isEqualTo(before);
    }

    /** Field 19 of proc_pid_stat(5); the name before it may hold spaces. */
    private static int niceness() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }
}
