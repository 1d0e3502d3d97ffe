package io.avatarservice.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/** The command-line programs that come inside the FFmpeg jar; tests make and measure media with them. */
public final class FfmpegPrograms {

    private FfmpegPrograms() {}

    /** Runs {@code ffmpeg} with {@code arguments} and the output file, which is replaced. */
    public static Path make(Path output, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program(ffmpeg.class), "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        command.add(output.toString());
        run(command);
        return output;
    }

    /** A tone of 440 Hz; the file's extension and {@code arguments} choose the format. */
    public static Path tone(Path output, double seconds, int rate, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=%d:duration=%s".formatted(rate, seconds)));
        all.addAll(List.of(arguments));
        return make(output, all.toArray(String[]::new));
    }

    /** What {@code ffprobe} says about one entry, such as {@code stream=sample_rate}, of the streams selected. */
    public static String probe(Path file, String streams, String entry) {
        return run(List.of(
                        program(ffprobe.class),
                        "-v",
                        "error",
                        "-count_packets",
                        "-select_streams",
                        streams,
                        "-show_entries",
                        entry,
                        "-of",
                        "default=nokey=1:noprint_wrappers=1",
                        file.toString()))
                .strip();
    }

    private static String program(Class<?> program) {
        try {
            return Loader.load(program);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "FFmpeg's programs need libasound.so.2, libpulse.so.0, libxcb.so.1 and libxcb-shm.so.0 of the system"
                            + " (Debian: libasound2 libpulse0 libxcb1 libxcb-shm0); only tests run them",
                    e);
        }
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
