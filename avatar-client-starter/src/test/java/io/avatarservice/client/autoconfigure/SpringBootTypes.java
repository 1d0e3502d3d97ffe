package io.avatarservice.client.autoconfigure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

/** Types of Spring Boot that moved from 3.5 to 4, so that one test runs on both. */
final class SpringBootTypes {

    private SpringBootTypes() {}

    /** What gives applications a {@code WebClient.Builder}. */
    static AutoConfigurations webClient() {
        return AutoConfigurations.of(either(
                "org.springframework.boot.autoconfigure.web.reactive.function.client.WebClientAutoConfiguration",
                "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration"));
    }

    /** What gives applications an {@code ObservationRegistry}. */
    static AutoConfigurations observation() {
        return AutoConfigurations.of(either(
                "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
                "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"));
    }

    /** Ours, of which this Spring Boot can load one. */
    static AutoConfigurations avatarHealth() {
        boolean boot4 = ClassUtils.isPresent(
                "org.springframework.boot.health.contributor.ReactiveHealthContributor",
                SpringBootTypes.class.getClassLoader());
        return AutoConfigurations.of(
                boot4
                        ? AvatarBoot4HealthContributorAutoConfiguration.class
                        : AvatarHealthContributorAutoConfiguration.class);
    }

    /** A general customizer of the application, for every {@code WebClient.Builder} that it gets. */
    static ApplicationContextInitializer<ConfigurableApplicationContext> webClientCustomizer(
            Consumer<WebClient.Builder> customizer) {
        Class<?> type = either(
                "org.springframework.boot.web.reactive.function.client.WebClientCustomizer",
                "org.springframework.boot.webclient.WebClientCustomizer");
        return context -> register((GenericApplicationContext) context, type, customizer);
    }

    private static <T> void register(
            GenericApplicationContext context, Class<T> type, Consumer<WebClient.Builder> customizer) {
        T bean = MethodHandleProxies.asInterfaceInstance(type, accept(customizer));
        context.registerBean(type, () -> bean);
    }

    private static MethodHandle accept(Consumer<WebClient.Builder> customizer) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Consumer.class, "accept", MethodType.methodType(void.class, Object.class))
                    .bindTo(customizer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> either(String... names) {
        ClassLoader loader = SpringBootTypes.class.getClassLoader();
        return Stream.of(names)
                .filter(name -> ClassUtils.isPresent(name, loader))
                .findFirst()
                .map(name -> ClassUtils.resolveClassName(name, loader))
                .orElseThrow(() -> new IllegalStateException("none of " + String.join(", ", names)));
    }
}
