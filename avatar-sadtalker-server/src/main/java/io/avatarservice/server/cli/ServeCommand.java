package io.avatarservice.server.cli;

import io.avatarservice.server.ServerApplication;
import io.avatarservice.server.media.NativeLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Unmatched;

/** Runs the REST server. */
@Command(
        name = "serve",
        description = "Runs the REST server; the default. Takes Spring Boot properties such as --server.port=9000.")
final class ServeCommand implements Callable<Integer> {

    @Unmatched
    private final List<String> springArguments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        NativeLibraries.preload();
        CountDownLatch closed = new CountDownLatch(1);
        SpringApplication application = new SpringApplication(ServerApplication.class);
        application.addListeners((ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
        try {
            application.run(springArguments.toArray(String[]::new));
        } catch (RuntimeException e) {
            return ExitCode.SOFTWARE; // Spring Boot has already said why
        }
        closed.await();
        return ExitCode.OK;
    }
}
