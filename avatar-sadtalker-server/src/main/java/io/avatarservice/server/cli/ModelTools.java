package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.ModelConfiguration;
import io.avatarservice.server.torch.model.ModelDownloader;
import io.avatarservice.server.torch.model.ModelStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** What the {@code models} commands work with. */
record ModelTools(ModelStore store, ModelDownloader downloader) {

    /** Opens the tools. */
    @FunctionalInterface
    interface Opener {

        /**
         * @param directory in place of the configured directory of downloads; {@code null} for the configured one
         */
        ModelTools open(@Nullable Path directory);
    }

    /** Opens the tools as the {@code avatar.models} properties say. */
    static ModelTools configured(@Nullable Path directory) {
        String[] properties = directory == null
                ? new String[0]
                : new String[] {"--avatar.models.directory=" + directory.toAbsolutePath()};
        try (ConfigurableApplicationContext context = RenderContext.start(ModelConfiguration.class, properties)) {
            return new ModelTools(context.getBean(ModelStore.class), context.getBean(ModelDownloader.class));
        }
    }
}
