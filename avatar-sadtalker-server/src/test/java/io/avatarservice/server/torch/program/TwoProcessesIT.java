package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that share a model cache may start at once, and die at any time. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoProcessesIT {

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void ofTwoAtOnceOneWritesAndBothGetTheSameFile() throws IOException {
        Installer first = start();
        Installer second = start();
        first.await(InstallerProcess.READY);
        second.await(InstallerProcess.READY);

        first.goOn(2);
        second.goOn(2);

        Path installed = cache().resolve(installedAlone().getFileName());
        assertThat(List.of(first.result(), second.result()))
                .containsExactlyInAnyOrder("wrote " + installed, "found " + installed);
        assertOnlyTheWholeFileIsThere();
    }

    @Test
    void oneThatStartsWhileAnotherWritesWaitsForItsFile() throws IOException {
        Installer first = start();
        Installer second = start();
        first.await(InstallerProcess.READY);
        first.goOn(1);
        first.await(InstallerProcess.WRITING);

        second.await(InstallerProcess.READY);
        second.goOn(2);
        first.goOn(1);

        assertThat(first.result()).startsWith("wrote ");
        assertThat(second.result()).startsWith("found ");
        assertOnlyTheWholeFileIsThere();
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws Exception {
        Installer killed = start();
        killed.await(InstallerProcess.READY);
        killed.goOn(1);
        killed.await(InstallerProcess.WRITING);
        killed.process().destroyForcibly().waitFor();
        assertThat(filesInCache()).anyMatch(name -> name.endsWith(".part"));

        Installer next = start();
        next.goOn(2);

        assertThat(next.result()).startsWith("wrote ");
        assertOnlyTheWholeFileIsThere();
    }

    private void assertOnlyTheWholeFileIsThere() throws IOException {
        Path alone = installedAlone();
        String name = alone.getFileName().toString();
        assertThat(filesInCache()).containsExactlyInAnyOrder(".lock", name);
        assertThat(cache().resolve(name)).hasSameBinaryContentAs(alone);
    }

    /** What a single process installs. */
    private Path installedAlone() {
        return new ProgramInstaller(folder.resolve("alone"))
                .install(
                        InstallerProcess.PROGRAM,
                        Precision.FLOAT32,
                        InstallerProcess.weights(),
                        InstallListener.none());
    }

    private List<String> filesInCache() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private Installer start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstallerProcess.class.getName(),
                        cache().toString())
                .redirectErrorStream(true)
                .start();
        processes.add(process);
        return new Installer(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private record Installer(Process process, BufferedReader output) {

        void await(String expected) throws IOException {
            List<String> lines = new ArrayList<>();
            String line = output.readLine();
            while (line != null && !line.equals(expected)) {
                lines.add(line);
                line = output.readLine();
            }
            assertThat(line).as("%s after %s", expected, lines).isNotNull();
        }

        void goOn(int times) throws IOException {
            process.getOutputStream().write("\n".repeat(times).getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        }

        /** The last line that it prints. */
        String result() {
            List<String> lines = output.lines().toList();
            assertThat(lines).isNotEmpty();
            return lines.get(lines.size() - 1);
        }
    }
}
