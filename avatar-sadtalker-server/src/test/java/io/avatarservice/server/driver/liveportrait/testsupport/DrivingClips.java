package io.avatarservice.server.driver.liveportrait.testsupport;

import io.avatarservice.server.media.FfmpegPrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes videos in which the face of the sample portrait drifts and grows. */
public final class DrivingClips {

    /** 512×512, with a face that our detector finds. */
    public static final Path PORTRAIT = Path.of("../samples/media/portrait.png");

    private static final String DRIFT = "zoompan=z='1+0.01*on':x='2*on':y='on':d=1:s=256x256:fps=%s";

    private DrivingClips() {}

    /** Without sound, square. */
    public static Path silent(Path file, int frames, String rate) {
        return make(file, frames, rate, List.of(), List.of());
    }

    /** With a tone that is as long as the pictures. */
    public static Path sounding(Path file, int frames, String rate) {
        return make(
                file,
                frames,
                rate,
                List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=16000"),
                List.of("-c:a", "aac", "-shortest"));
    }

    /** As a camera held upright writes it: the pictures lie on their side, and the file says so. */
    public static Path turned(Path file, int frames) {
        Path lying =
                make(file.resolveSibling("lying.mp4"), frames, "25", List.of(), List.of("-vf", "transpose=cclock"));
        return FfmpegPrograms.make(file, "-display_rotation", "-90", "-i", lying.toString(), "-c", "copy");
    }

    /** A video of one color. */
    public static Path faceless(Path file) {
        return FfmpegPrograms.make(file, "-f", "lavfi", "-i", "color=c=gray:s=128x128:r=25", "-frames:v", "3");
    }

    /** An MP4 with sound only. */
    public static Path withoutPictures(Path file) {
        return FfmpegPrograms.tone(file, 1, 16_000, "-c:a", "aac");
    }

    private static Path make(Path file, int frames, String rate, List<String> sound, List<String> last) {
        List<String> arguments = new ArrayList<>(List.of(
                "-loop",
                "1",
                "-framerate",
                rate,
                "-i",
                PORTRAIT.toAbsolutePath().toString()));
        arguments.addAll(sound);
        if (!last.contains("-vf")) {
            arguments.addAll(List.of("-vf", DRIFT.formatted(rate)));
        }
        arguments.addAll(List.of("-frames:v", Integer.toString(frames), "-r", rate, "-pix_fmt", "yuv420p"));
        arguments.addAll(last);
        return FfmpegPrograms.make(file, arguments.toArray(String[]::new));
    }
}
