package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.media.FfmpegPrograms;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ContactSheetCommandTests {

    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void putsTheFramesIntoAGridFromFirstToLast() throws IOException {
        Path sheet = directory.resolve("sheet.png");

        assertThat(run(video(), "--out", "" + sheet, "--columns", "3", "--rows", "2", "--width", "32"))
                .isZero();

        BufferedImage picture = ImageIO.read(sheet.toFile());
        assertThat(picture.getWidth()).isEqualTo(3 * 32);
        assertThat(picture.getHeight()).isEqualTo(2 * 24);
        // the video goes from black to white
        assertThat(brightness(picture, 16, 12)).isLessThan(brightness(picture, 80, 12));
        assertThat(brightness(picture, 80, 12)).isLessThan(brightness(picture, 16, 36));
        assertThat(brightness(picture, 16, 36)).isLessThan(brightness(picture, 80, 36));
    }

    @Test
    void refusesAVideoThatIsNotThere() {
        assertThat(run(Path.of("no.mp4"), "--out", "sheet.png")).isEqualTo(2);

        assertThat(err.toString()).contains("cannot read the file no.mp4");
    }

    @Test
    void refusesAGridWithoutCells() {
        assertThat(run(video(), "--out", "sheet.png", "--rows", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("must be positive");
    }

    @Test
    void explainsWhatIsNoVideoInOneLine() throws IOException {
        Path text = Files.writeString(directory.resolve("text.mp4"), "no video at all");

        assertThat(run(text, "--out", "" + directory.resolve("sheet.png"))).isEqualTo(1);

        assertThat(err.toString()).startsWith("error: ").hasLineCount(1);
        assertThat(directory.resolve("sheet.png")).doesNotExist();
    }

    private int run(Path video, String... options) {
        CommandLine command = AvatarCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        String[] arguments = new String[options.length + 2];
        arguments[0] = "contact-sheet";
        arguments[1] = video.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return command.execute(arguments);
    }

    private Path video() {
        return FfmpegPrograms.make(
                directory.resolve("video.mp4"),
                "-f",
                "lavfi",
                "-i",
                "color=c=white:size=64x48:rate=25:duration=2,fade=in:0:50",
                "-c:v",
                "libopenh264",
                "-pix_fmt",
                "yuv420p");
    }

    private static int brightness(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & 0xff;
    }
}
