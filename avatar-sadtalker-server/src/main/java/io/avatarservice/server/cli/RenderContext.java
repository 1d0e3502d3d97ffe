package io.avatarservice.server.cli;

import io.avatarservice.server.RenderConfiguration;
import io.avatarservice.server.media.NativeLibraries;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts what rendering needs, configured by the same {@code avatar.*} properties as the server, and quietly. */
final class RenderContext {

    private RenderContext() {}

    /** {@code properties} are written as on a command line. */
    static ConfigurableApplicationContext start(String... properties) {
        NativeLibraries.preload();
        return start(RenderConfiguration.class, properties);
    }

    /** Starts no more than one configuration. {@code properties} are written as on a command line. */
    static ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties("logging.level.root=warn")
                .run(properties);
    }
}
