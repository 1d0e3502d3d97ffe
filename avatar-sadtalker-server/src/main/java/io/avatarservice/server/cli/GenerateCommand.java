package io.avatarservice.server.cli;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderedVideo;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.driver.VideoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Renders one video from files. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Renders one talking-head video from a portrait and a speech recording or a driving video.")
final class GenerateCommand implements Callable<Integer> {

    @Option(names = "--image", required = true, paramLabel = "FILE", description = "Portrait: JPEG, PNG or WebP.")
    private Path image = Path.of("");

    @Option(
            names = "--audio",
            paramLabel = "FILE",
            description = "Speech: WAV, MP3, M4A/AAC, FLAC or OGG. With a driving video, in place of its own sound.")
    private @Nullable Path audio;

    @Option(
            names = "--driving-video",
            paramLabel = "FILE",
            description = "Video whose face is followed: MP4, MOV, WebM, Matroska or AVI (liveportrait).")
    private @Nullable Path drivingVideo;

    @Option(
            names = "--driver",
            paramLabel = "NAME",
            description = "Engine: preview, sadtalker, liveportrait or auto. Default: the configured one.")
    private @Nullable String driver;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "talking-head.mp4",
            description = "The MP4 to write (default: ${DEFAULT-VALUE}). An older file is replaced once the new one is"
                    + " complete.")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "N", description = "Start of the random numbers: same seed, same video.")
    private @Nullable Long seed;

    @Option(
            names = "--landmarks",
            paramLabel = "FILE",
            description =
                    "68 points of the face, as JSON or one 'x y' per line, instead of detecting them (sadtalker).")
    private @Nullable Path landmarks;

    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description = "Also writes every frame there as PNG, as it is before it is encoded.")
    private @Nullable Path frames;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "An option of the driver; may be repeated. The command 'drivers' lists them.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireFile("--image", image);
        requireFile("--audio", audio);
        requireFile("--driving-video", drivingVideo);
        Path directory = out.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), "--out: the directory of " + out + " does not exist");
        }
        try (ConfigurableApplicationContext context = RenderContext.start()) {
            TalkingHeadDriver engine = context.getBean(DriverRegistry.class).resolve(driver);
            requireInputs(engine);
            Map<String, String> videos = VideoOptions.videos(engine, options);
            RenderOptions checked = engine.options(VideoOptions.without(videos, requested()));
            RenderFiles files = new RenderFiles(image, audio, drivingVideo, files(videos));
            TalkingHeadRenderer renderer = context.getBean(TalkingHeadRenderer.class);
            ProgressPrinter progress =
                    new ProgressPrinter(spec.commandLine().getErr(), System.console() != null, System::nanoTime);
            RenderListener listener =
                    frames == null ? progress : new PngFrames(Files.createDirectories(frames), progress);
            RenderedVideo video =
                    InterruptibleRender.run(progress, () -> renderer.render(engine, checked, files, out, listener));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %dx%d, %.2f s, driver %s%n",
                            video.file(),
                            video.format().width(),
                            video.format().height(),
                            video.seconds(),
                            engine.name());
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    private void requireInputs(TalkingHeadDriver engine) {
        boolean driven = engine.describe().motion() == MotionSource.DRIVING_VIDEO;
        if (driven && drivingVideo == null) {
            throw new ParameterException(
                    spec.commandLine(), "--driving-video: the driver '%s' needs one".formatted(engine.name()));
        }
        if (!driven && drivingVideo != null) {
            throw new ParameterException(
                    spec.commandLine(), "--driving-video: the driver '%s' takes none".formatted(engine.name()));
        }
        if (!driven && audio == null) {
            throw new ParameterException(
                    spec.commandLine(), "--audio: the driver '%s' needs speech".formatted(engine.name()));
        }
    }

    private Map<String, Object> requested() throws IOException {
        Map<String, Object> requested = new HashMap<>(options);
        if (seed != null) {
            requested.put("seed", seed);
        }
        if (landmarks != null) {
            requireFile("--landmarks", landmarks);
            requested.put("landmarks", Files.readString(landmarks));
        }
        return requested;
    }

    private Map<String, Path> files(Map<String, String> videos) {
        Map<String, Path> files = new LinkedHashMap<>();
        videos.forEach((name, file) -> {
            requireFile("--option " + name, Path.of(file));
            files.put(name, Path.of(file));
        });
        return files;
    }

    private void requireFile(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), option + ": cannot read the file " + file);
        }
    }
}
