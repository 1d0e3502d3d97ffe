package io.avatarservice.server.cli;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.TorchProperties;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.model.ModelConfiguration;
import io.avatarservice.server.torch.model.ModelDownloader;
import io.avatarservice.server.torch.model.ModelInstaller;
import io.avatarservice.server.torch.model.ModelStore;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What the {@code models} commands work with.
 *
 * @param precision the precision that this machine would render with; asking for it loads PyTorch
 */
record ModelTools(
        ModelStore store, ModelDownloader downloader, ModelInstaller installer, Supplier<Precision> precision) {

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
        try (ConfigurableApplicationContext context = RenderContext.start(ModelToolsConfiguration.class, properties)) {
            TorchProperties torch = context.getBean(TorchProperties.class);
            return new ModelTools(
                    context.getBean(ModelStore.class),
                    context.getBean(ModelDownloader.class),
                    context.getBean(ModelInstaller.class),
                    () -> precision(torch));
        }
    }

    private static Precision precision(TorchProperties properties) {
        try (TorchRuntime runtime = new TorchRuntime(properties)) {
            return runtime.precision();
        }
    }

    /** Adds to the models what decides the precision. */
    @Configuration(proxyBeanMethods = false)
    @Import(ModelConfiguration.class)
    @EnableConfigurationProperties(TorchProperties.class)
    static class ModelToolsConfiguration {}
}
