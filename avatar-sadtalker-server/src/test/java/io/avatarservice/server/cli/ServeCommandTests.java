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
}
