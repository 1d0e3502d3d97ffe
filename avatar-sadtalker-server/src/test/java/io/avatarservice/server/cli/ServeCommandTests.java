package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class ServeCommandTests {

    @Test
    void argumentsReachSpringAndAWrongOneStopsTheStart(CapturedOutput output, @TempDir Path state) {
        int code = AvatarCommand.run("serve", "--avatar.jobs.workers=0", "--avatar.server.state-dir=" + state);

        assertThat(code).isEqualTo(1);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("avatar.jobs.workers")
                .doesNotContain("\tat ");
    }

    @Test
    void aServerThatWouldBeOpenByAccidentDoesNotStart(CapturedOutput output) {
        int code = AvatarCommand.run("serve", "--server.address=0.0.0.0", "--server.port=0");

        assertThat(code).isEqualTo(1);
        assertThat(output)
                .contains("would listen on all addresses without asking for a key")
                .contains("AVATAR_SECURITY_ENABLED=false")
                .doesNotContain("\tat ");
    }

    @Test
    void anActuatorOnAPortOfItsOwnIsNotOpenByAccidentEither(CapturedOutput output) {
        int code = AvatarCommand.run("serve", "--server.port=0", "--management.server.port=1");

        assertThat(code).isEqualTo(1);
        assertThat(output).contains("The actuator would listen on port 1 without asking for a key");
    }

    @Test
    void aKeyThatCannotBeUsedIsNotPrinted(CapturedOutput output) {
        int code = AvatarCommand.run("serve", "--avatar.security.api-keys=orchestrator:too-short");

        assertThat(code).isEqualTo(1);
        assertThat(output)
                .contains("API key 'orchestrator' has fewer than 16 characters")
                .contains("keys generate")
                .doesNotContain("too-short");
    }

    @Test
    void aMalformedNetworkIsNamed(CapturedOutput output) {
        int code = AvatarCommand.run("serve", "--avatar.fetch.allowed-networks=10.0.0.0/99");

        assertThat(code).isEqualTo(1);
        assertThat(output)
                .contains("avatar.fetch.allowed-networks")
                .contains("'10.0.0.0/99' is not a network")
                .doesNotContain("\tat ");
    }
}
