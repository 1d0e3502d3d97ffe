package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchCommandTests {

    private final StringWriter out = new StringWriter();

    @Test
    void reportsSizeLengthAndSpeedOfOneRender() {
        int code = AvatarCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute("bench", "preview", "--seconds", "1", "--size", "128");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("driver        preview")
                .containsPattern("video         128x\\d+, 25 frames, 1[.,]00 s")
                .containsPattern("end to end    \\d+[.,]\\d fps")
                .contains("peak memory   ");
    }
}
