package io.avatarservice.server.cli;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.RenderedVideo;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.PictureReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures one render, from files to file. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures how fast a driver renders, encoding included, and how much memory that takes.",
        subcommands = {
            SadTalkerBenchCommand.class,
            LivePortraitBenchCommand.class,
            ServerBenchCommand.class,
            SoakCommand.class
        })
final class BenchCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "DRIVER", description = "Engine to measure. Default: the configured one.")
    private @Nullable String driver;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Length of the speech, which is repeated to fill it (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "512",
            description = "Longest side of the portrait, which is scaled to it (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--image", paramLabel = "FILE", description = "Portrait. Default: a sample inside the jar.")
    private @Nullable Path image;

    @Option(names = "--audio", paramLabel = "FILE", description = "Speech. Default: a sample inside the jar.")
    private @Nullable Path audio;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        measure(driver, Map.of());
        return 0;
    }

    /** Measures one render with some options of the driver, configured by {@code properties}. */
    void measure(@Nullable String name, Map<String, ?> options, String... properties) throws IOException {
        Path directory = Files.createTempDirectory("avatar-bench");
        try (ConfigurableApplicationContext context = RenderContext.start(properties)) {
            BenchInputs inputs = new BenchInputs(
                    directory, context.getBean(PictureReader.class), context.getBean(AudioReader.class));
            Path portrait = inputs.portrait(image, size);
            Path speech = inputs.speech(audio, seconds);
            TalkingHeadDriver engine = context.getBean(DriverRegistry.class).resolve(name);
            TalkingHeadRenderer renderer = context.getBean(TalkingHeadRenderer.class);
            ProgressPrinter progress =
                    new ProgressPrinter(spec.commandLine().getErr(), System.console() != null, System::nanoTime);
            long start = System.nanoTime();
            RenderedVideo video = InterruptibleRender.run(
                    progress,
                    () -> renderer.render(
                            engine,
                            engine.options(options),
                            new RenderFiles(portrait, speech),
                            directory.resolve("video.mp4"),
                            progress));
            report(engine.name(), video, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private void report(String name, RenderedVideo video, Duration total) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int frames = video.format().frameCount();
        out.printf("driver        %s%n", name);
        out.printf(
                "video         %dx%d, %d frames, %.2f s, %.0f kbit/s%n",
                video.format().width(),
                video.format().height(),
                frames,
                video.seconds(),
                video.bytes() * 8 / video.seconds() / 1000);
        for (RenderStage stage : RenderStage.values()) {
            Duration time = video.timings().get(stage);
            if (time != null) {
                out.printf("%-13s %.3f s%n", stage.wireName(), seconds(time));
            }
        }
        out.printf(
                "rendering     %.1f fps%n",
                frames / seconds(video.timings().getOrDefault(RenderStage.RENDERING, total)));
        out.printf("end to end    %.1f fps (%.3f s)%n", frames / seconds(total), seconds(total));
        out.printf("peak memory   %s%n", PeakMemory.describe());
        out.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
