package io.avatarservice.server.cli;

import io.avatarservice.server.AvatarServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of this version in a process of its own, with a heap of a known size and all its files in one directory. */
final class ServerChild implements AutoCloseable {

    private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);
    private static final String FULL_COLLECTION = "Pause Full (G1 Periodic Collection)";
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Options of a virtual machine that collects everything now and then at rest, so that what is in use then can be told.
     * While it does, for tenths of a second, it answers nobody.
     */
    static final List<String> COLLECTING_AT_REST = List.of(
            "-XX:+UseG1GC", "-XX:G1PeriodicGCInterval=" + REST.toMillis(), "-XX:-G1PeriodicGCInvokesConcurrent");

    private final Path directory;
    private final int port;
    private final Process process;

    /**
     * Starts a server, and waits until it serves.
     *
     * @param directory of all that it writes
     * @param heap in MiB
     * @param machine options of its virtual machine beside those for the heap
     * @param properties beside those for addresses and directories
     */
    ServerChild(Path directory, int heap, List<String> machine, List<String> properties)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-Xlog:gc:file=" + directory.resolve("gc.log")));
        command.addAll(machine);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                mainClass(),
                "serve",
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--avatar.security.api-keys=",
                "--avatar.server.state-dir=" + directory.resolve("state"),
                "--avatar.storage.provider=local",
                "--avatar.storage.local.directory=" + directory.resolve("media")));
        command.addAll(properties);
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
        awaitServing();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The most heap that a collection found in use, garbage included, in MiB. A young process may have had none yet. */
    int peakHeap() throws IOException {
        return collections("")
                .map(collection -> collection.group(1))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    /** Waits until a server that is {@link #COLLECTING_AT_REST} has been so for a while, and looks what it holds then. */
    SoakSample sample(int jobs) throws IOException, InterruptedException {
        long before = collections(FULL_COLLECTION).count();
        long end = System.nanoTime() + LONGEST_REST.toNanos();
        // The first of the two may have begun before the last job was over.
        while (collections(FULL_COLLECTION).count() < before + 2) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the server does not come to rest; see its log");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        List<String> status = Files.readAllLines(proc.resolve("status"));
        int heap = collections(FULL_COLLECTION)
                .mapToInt(collection -> Integer.parseInt(collection.group(2)))
                .reduce(0, (former, latest) -> latest);
        return new SoakSample(
                jobs,
                heap,
                number(status, "VmRSS:") / 1024,
                number(status, "Threads:"),
                entries(proc.resolve("fd")),
                entries(directory.resolve("state").resolve("work")),
                entries(directory.resolve("media")));
    }

    private Stream<MatchResult> collections(String kind) throws IOException {
        return Files.readAllLines(directory.resolve("gc.log")).stream()
                .filter(line -> line.contains(kind))
                .map(COLLECTION::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult);
    }

    private static int number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static int entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }

    String peakMemory() throws IOException {
        return PeakMemory.describe(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void awaitServing() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest probe = HttpRequest.newBuilder(address().resolve("/healthz"))
                .timeout(LONGEST_START)
                .build();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // it starts
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        process.destroyForcibly();
        throw new IOException("the server does not start; see " + directory.resolve("server.log"));
    }

    /** Inside the executable jar, the class path is that jar, and this program's classes are in it. */
    private static String mainClass() {
        try {
            return Class.forName(LAUNCHER, false, ClassLoader.getSystemClassLoader())
                    .getName();
        } catch (ClassNotFoundException notPackaged) {
            return AvatarServer.class.getName();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
