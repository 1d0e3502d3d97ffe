package io.avatarservice.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * An application that lets portraits speak. It serves {@link AvatarController}; with {@code --render.portrait},
 * {@code --render.speech} and {@code --render.out} it renders one video instead, and ends.
 */
@SpringBootApplication
public class OrchestratorApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(OrchestratorApplication.class);
        if (!new SimpleCommandLinePropertySource(args).containsProperty("render.portrait")) {
            application.run(args);
            return;
        }
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(args)) {
            System.exit(SpringApplication.exit(context));
        }
    }
}
