package io.avatarservice.server.driver.liveportrait;

import io.avatarservice.server.driver.liveportrait.testsupport.DrivingClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Renders a video of so many frames with the tiny networks, from files to file, and prints the most memory that the
 * process has used (Linux). Run by hand in a process of its own; the figures are in {@code docs/benchmarks.md}.
 */
final class RenderMemory {

    private RenderMemory() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("render-memory");
        try (TinyLivePortrait pipeline = new TinyLivePortrait(folder, "f32")) {
            pipeline.renderFile(
                    DrivingClips.silent(folder.resolve("driving.mp4"), Integer.parseInt(args[0]), "25"),
                    null,
                    Map.of());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .forEach(System.out::println);
    }
}
