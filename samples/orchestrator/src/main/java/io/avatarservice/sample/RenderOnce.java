package io.avatarservice.sample;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.MediaSource;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Renders one video, tells how it goes, and ends with 0, or with 1 and the reason. */
@Component
@ConditionalOnProperty("render.portrait")
@EnableConfigurationProperties(RenderProperties.class)
class RenderOnce implements ApplicationRunner, ExitCodeGenerator {

    private static final Logger log = LoggerFactory.getLogger(RenderOnce.class);

    private final AvatarClient avatars;
    private final RenderProperties wanted;
    private int exitCode;

    RenderOnce(AvatarClient avatars, RenderProperties wanted) {
        this.avatars = avatars;
        this.wanted = wanted;
    }

    @Override
    public void run(ApplicationArguments args) {
        AvatarRequest request = AvatarRequest.builder(
                        MediaSource.file(wanted.portrait()), MediaSource.file(wanted.speech()))
                .driver(wanted.driver())
                .build();
        try {
            AvatarVideo video = avatars.renderBlocking(request, RenderOnce::show);
            Path file = avatars.downloadBlocking(video, wanted.out());
            log.info("Video: {}", file);
        } catch (AvatarException failure) {
            exitCode = 1;
            log.error("No video ({}): {}", failure.kind(), failure.reason());
        } catch (UncheckedIOException failure) {
            exitCode = 1;
            log.error("The video could not be written: {}", failure.getMessage());
        }
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    private static void show(AvatarJob job) {
        String status = job.status().name().toLowerCase(Locale.ROOT);
        log.info(
                "Job {}: {}{} {} %",
                job.id(), status, job.stage() == null ? "" : ", " + job.stage(), Math.round(100 * job.progress()));
    }
}
