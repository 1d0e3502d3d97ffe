package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.support.TestMedia;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTests {

    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void framesAreWrittenAsPictures() throws IOException {
        Path frames = directory.resolve("frames");

        assertThat(generate("--frames", "" + frames)).as(err.toString()).isZero();

        assertThat(frames).isDirectoryContaining("glob:**/000000.png");
        try (var files = Files.list(frames)) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(ImageIO.read(file.toFile()).getWidth())
                            .isPositive()
                            .isEven());
        }
    }

    @Test
    void aDriverThatTakesNoLandmarksSaysSo() throws IOException {
        Path landmarks = Files.writeString(directory.resolve("landmarks.txt"), "1 2");

        assertThat(generate("--landmarks", "" + landmarks)).isEqualTo(2);

        assertThat(err.toString()).contains("landmarks").hasLineCount(1);
        assertThat(directory.resolve("video.mp4")).doesNotExist();
    }

    @Test
    void aFileOfLandmarksThatIsNotThereIsNamed() throws IOException {
        assertThat(generate("--landmarks", "none.txt")).isEqualTo(2);

        assertThat(err.toString()).contains("--landmarks: cannot read the file none.txt");
    }

    private int generate(String... more) throws IOException {
        Path audio = Files.write(directory.resolve("speech.wav"), TestMedia.wav(0.2));
        List<String> arguments = new ArrayList<>(List.of(
                "generate",
                "--driver",
                "preview",
                "--image",
                "../samples/media/portrait.png",
                "--audio",
                "" + audio,
                "--out",
                "" + directory.resolve("video.mp4")));
        arguments.addAll(List.of(more));
        return AvatarCommand.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
