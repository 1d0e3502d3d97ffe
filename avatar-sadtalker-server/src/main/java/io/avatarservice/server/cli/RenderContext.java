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

    static ConfigurableApplicationContext start() {
        NativeLibraries.preload();
        return new SpringApplicationBuilder(RenderConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties("logging.level.root=warn")
                .run();
    }
}
