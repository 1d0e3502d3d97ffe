package io.avatarservice.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody who mistypes a setting gets to read. */
@ExtendWith(OutputCaptureExtension.class)
class WrongStartTests {

    @Test
    void unknownProviderIsExplained(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("--avatar.provider=nonsense"));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("avatar.provider is 'nonsense', but there is no avatar provider with this id."
                        + " Known providers: d-id, sadtalker.");
    }

    @Test
    void wrongAddressIsExplained(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("--avatar.service.base-url=gpu:8001"));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("avatar.service.base-url must start with http:// or https://, but is 'gpu:8001'.");
    }

    @Test
    void incompleteCommandLineIsExplained(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("--render.portrait=portrait.png"));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("--render.portrait needs --render.speech and --render.out as well");
    }

    private static void start(String argument) {
        SpringApplication application = new SpringApplication(OrchestratorApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run(argument);
    }
}
