package io.avatarservice.server.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A measurement in a process of its own, with the tiny networks.
 *
 * @param exitCode of the process
 * @param output all that it printed
 */
record BenchProcess(int exitCode, String output) {

    /** What a machine without our server has: DJL, and the libraries that the command line and the programs are read with. */
    private static final Pattern ENGINE = Pattern.compile(
            "(pytorch-|api-|jna-|gson-|commons-compress-|commons-"
                    + "codec-|commons-io-|commons-lang3-|slf4j-api-|picocli-|jspecify-|jackson-(core|databind|annotations)-).*");

    static BenchProcess run(Class<?> command, Path directory, String... options)
            throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar")
                        || ENGINE.matcher(Path.of(entry).getFileName().toString())
                                .matches())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> line = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-cp",
                                classPath,
                                command.getName(),
                                "--programs",
                                "io/avatarservice/server/torch/programs-tiny/",
                                "--cache",
                                directory.resolve("cache").toString(),
                                "--device",
                                "cpu"),
                        Stream.of(options))
                .toList();
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        return new BenchProcess(exitCode, Files.readString(output));
    }
}
