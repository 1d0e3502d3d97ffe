package io.avatarservice.server.kill;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One server as a process of its own, which can be killed and started again in the same place. */
final class ServerProcess {

    private final List<String> command;
    private final File log;
    private final int port;
    private @Nullable Process process;

    ServerProcess(KillPlan plan, int number, String databaseUrl, TinySadTalker sadTalker) throws IOException {
        Path state = plan.directory().resolve("node" + number);
        this.log = plan.directory().resolve("node" + number + ".log").toFile();
        this.port = freePort();
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                sadTalker.classPath() + File.pathSeparator + plan.jar(),
                "org.springframework.boot.loader.launch.JarLauncher",
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--avatar.server.state-dir=" + state,
                "--avatar.server.work-dir=" + plan.directory().resolve("work"),
                "--avatar.storage.local.directory=" + plan.directory().resolve("media"),
                "--avatar.driver.default-name=preview",
                "--avatar.preview.max-side=64",
                "--avatar.jobs.queue-capacity=16",
                "--avatar.jobs.retention.count=100000",
                // It stops a job that kills its server; here the killer is another one.
                "--avatar.jobs.max-attempts=" + (plan.kills() + 1),
                "--avatar.jobs.poll-interval=200ms",
                "--avatar.jobs.sweep-interval=2s",
                "--avatar.jobs.heartbeat.interval=1s",
                "--avatar.jobs.heartbeat.missed=5"));
        command.addAll(sadTalker.properties());
        if (!databaseUrl.isEmpty()) {
            command.add("--spring.datasource.url=" + databaseUrl);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    synchronized void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** SIGKILL: no hook runs, no buffer is written. Returns when the process is gone. */
    synchronized void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the server cannot be killed");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
