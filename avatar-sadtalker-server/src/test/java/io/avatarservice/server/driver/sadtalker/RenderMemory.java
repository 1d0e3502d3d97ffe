package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.TestMediaProperties;
import io.avatarservice.server.support.TestMedia;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Renders a video of so many seconds with the tiny networks, from files to file, and prints the most memory that the
 * process has used (Linux). Run by hand in a process of its own; the figures are in {@code docs/benchmarks.md}.
 */
final class RenderMemory {

    private RenderMemory() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("render-memory");
        MediaProperties media = TestMediaProperties.defaults();
        try (TinyPipeline pipeline = new TinyPipeline(folder, CheckpointFormat.SAFETENSORS)) {
            Path speech = pipeline.write("speech.wav", TestMedia.wav(Double.parseDouble(args[0])));
            new TalkingHeadRenderer(new PictureReader(media), new AudioReader(media), media)
                    .render(
                            pipeline.driver(),
                            pipeline.driver().options(TinyPipeline.withLandmarks(Map.of())),
                            new RenderFiles(TinyPipeline.PORTRAIT, speech),
                            folder.resolve("video.mp4"),
                            new Patient());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .forEach(System.out::println);
    }

    /** Neither watches nor cancels. */
    private static final class Patient implements RenderListener {

        @Override
        public void stage(RenderStage stage) {}

        @Override
        public void frames(int done, int total) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
