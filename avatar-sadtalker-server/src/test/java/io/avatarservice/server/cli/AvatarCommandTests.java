package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AvatarCommandTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void servesWithoutArguments() {
        assertThat(AvatarCommand.withDefault()).containsExactly("serve");
    }

    @Test
    void takesSpringPropertiesForServe() {
        assertThat(AvatarCommand.withDefault("--server.port=9000")).containsExactly("serve", "--server.port=9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "--help", "-V", "nonsense"})
    void leavesOtherArgumentsAlone(String first) {
        assertThat(AvatarCommand.withDefault(first)).containsExactly(first);
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("serve", "generate", "drivers", "bench", "contact-sheet", "Exit codes");
    }

    @Test
    void refusesMissingOptions() {
        assertThat(run("generate", "--audio", "a.wav")).isEqualTo(2);

        assertThat(err.toString()).contains("--image");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(run("generate", "--image", "no.png", "--audio", "no.wav")).isEqualTo(2);

        assertThat(err.toString()).contains("--image: cannot read the file no.png");
    }

    @Test
    void refusesAnOutputDirectoryThatIsNotThere() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        int code = run("generate", "--image", "" + file, "--audio", "" + file, "--out", directory + "/none/v.mp4");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--out: the directory of");
    }

    @Test
    void refusesAnUnknownDriverInOneLine() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        int code = run("generate", "--image", "" + file, "--audio", "" + file, "--driver", "nonsense");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("error: unknown driver 'nonsense'; known are")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        CommandLine commandLine = AvatarCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return commandLine.execute(arguments);
    }
}
