package io.avatarservice.server.driver.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.RenderedVideo;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.driver.preview.motion.Motions;
import io.avatarservice.server.driver.preview.motion.Sounds;
import io.avatarservice.server.driver.preview.testsupport.PaintedPortrait;
import io.avatarservice.server.driver.preview.testsupport.PortraitSpec;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.TestMediaProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders whole videos and measures with the landmark model whether they look like people who speak. */
class PreviewVideoIT {

    private static final double FRAME_MS = 40;
    private static final double QUIETEST_AND_LOUDEST = 0.15;

    @TempDir
    private Path folder;

    private final MediaProperties media = TestMediaProperties.defaults();
    private final PictureReader pictures = new PictureReader(media);
    private final TalkingHeadRenderer renderer = new TalkingHeadRenderer(pictures, new AudioReader(media), media);
    private final PreviewDriver driver = new PreviewDriver(new PreviewProperties(1280));

    static List<String> people() {
        return List.of("sample", "0", "1", "2", "3", "5", "6");
    }

    @ParameterizedTest
    @MethodSource("people")
    void everyFaceSpeaksWithTheVoice(String person) throws IOException {
        float[] speech = Sounds.speech();

        VideoMeasurements video = VideoMeasurements.of(
                render(portrait(person), speech, Map.of("seed", 7)).file());

        assertThat(video.frames()).isEqualTo(Math.round(speech.length / 640.0));
        assertMouthFollows(video, speech);
        assertThat(blinksPerMinute(video)).isBetween(8.0, 30.0);
        assertThat(video.rollDeviation()).isBetween(0.5, 3.0);
        assertThat(video.corners()).as("the corners' largest change").isLessThan(2);
        assertThat(difference(video.last(), pictures.read(portrait(person))))
                .as("the last frame against the portrait")
                .isLessThan(4);
    }

    /** A beard and glasses: the landmark model misses most of their blinks, so those are not counted. */
    @ParameterizedTest
    @ValueSource(strings = {"4", "7"})
    void unusualFacesSpeakToo(String person) throws IOException {
        float[] speech = Sounds.speech();

        VideoMeasurements video = VideoMeasurements.of(
                render(portrait(person), speech, Map.of("seed", 7)).file());

        assertMouthFollows(video, speech);
        assertThat(video.rollDeviation()).isBetween(0.5, 3.0);
        assertThat(video.corners()).as("the corners' largest change").isLessThan(2);
    }

    static Stream<Voice> voices() {
        float[] speech = Sounds.speech();
        float[] syllables = Sounds.joined(
                Sounds.silence(0.5),
                Sounds.modulated(Sounds.openVowel(2.4), Sounds.syllables(4)),
                Sounds.silence(0.6),
                Sounds.modulated(Sounds.spreadVowel(2.4), Sounds.syllables(3)),
                Sounds.silence(0.6),
                Sounds.modulated(Sounds.roundVowel(2.4), Sounds.syllables(3.5)),
                Sounds.silence(0.5));
        return Stream.of(
                new Voice("a deeper, slower voice", resampled(speech, 0.8)),
                new Voice("a higher, faster voice", resampled(speech, 1.25)),
                new Voice("a man's syllables", syllables),
                new Voice("a very quiet recording", Sounds.scaled(speech, 0.03)),
                new Voice("a noisy recording", Sounds.mixed(speech, Sounds.noise(speech.length / 16_000.0, 0.005))));
    }

    @ParameterizedTest
    @MethodSource("voices")
    void aFaceSpeaksWithEveryVoice(Voice voice) throws IOException {
        VideoMeasurements video = VideoMeasurements.of(
                render(portrait("0"), voice.sound(), Map.of("seed", 3)).file());

        assertMouthFollows(video, voice.sound());
    }

    @Test
    void silenceKeepsTheMouthStillWhileTheFaceLives() throws IOException {
        VideoMeasurements video = VideoMeasurements.of(
                render(portrait("0"), Sounds.silence(12), Map.of("seed", 5)).file());

        double rest = video.opening()[0];
        assertThat(Arrays.stream(video.opening()).boxed())
                .allSatisfy(opening -> assertThat(opening).isCloseTo(rest, within(0.015)));
        assertThat(blinksPerMinute(video)).isBetween(8.0, 30.0);
        assertThat(video.rollDeviation()).isBetween(0.3, 3.0);
    }

    @Test
    void musicMovesTheMouthNoFasterThanSpeechDoes() throws IOException {
        float[] music = Sounds.chords(8);

        VideoMeasurements video = VideoMeasurements.of(
                render(portrait("0"), music, Map.of("seed", 5)).file());

        double middle = 0.5 * Motions.max(video.opening(), 0, video.frames());
        assertThat(Motions.crossings(video.opening(), middle)).isLessThan(6 * 8);
        assertThat(difference(video.last(), pictures.read(portrait("0")))).isLessThan(4);
    }

    @Test
    void stillKeepsTheHeadInPlaceAndBlinkFalseTheEyesOpen() throws IOException {
        Map<String, Object> options = Map.of("seed", 7, "still", true, "blink", false);

        VideoMeasurements video = VideoMeasurements.of(
                render(portrait("0"), Sounds.speech(), options).file());

        assertThat(video.rollDeviation()).isLessThan(0.25);
        assertThat(video.blinks()).isZero();
    }

    @Test
    void expressionScaleOpensTheMouthLess() throws IOException {
        Path portrait = portrait("0");

        VideoMeasurements small =
                VideoMeasurements.of(render(portrait, Sounds.speech(), Map.of("seed", 7, "expression_scale", 0.4))
                        .file());
        VideoMeasurements full = VideoMeasurements.of(
                render(portrait, Sounds.speech(), Map.of("seed", 7)).file());

        assertThat(Motions.mean(small.opening(), 0, small.frames()))
                .isLessThan(0.8 * Motions.mean(full.opening(), 0, full.frames()));
    }

    @Test
    void theSameSeedGivesTheSameVideoAndAnotherAnother() throws IOException {
        Path portrait = portrait("0");
        float[] speech = Arrays.copyOf(Sounds.speech(), 32_000);

        byte[] once =
                Files.readAllBytes(render(portrait, speech, Map.of("seed", 7)).file());
        byte[] again =
                Files.readAllBytes(render(portrait, speech, Map.of("seed", 7)).file());
        byte[] other =
                Files.readAllBytes(render(portrait, speech, Map.of("seed", 8)).file());

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    private static void assertMouthFollows(VideoMeasurements video, float[] sound) {
        double[] loudness = Motions.loudness(sound, video.frames());
        int lead = Motions.bestLag(video.opening(), loudness);
        assertThat(video.correlation(loudness, lead))
                .as("correlation with the loudness")
                .isGreaterThanOrEqualTo(0.5);
        assertThat(lead * FRAME_MS).as("lead of the lips, ms").isBetween(-40.0, 160.0);
        assertThat(video.quietToLoud(loudness, Math.max(0, lead), QUIETEST_AND_LOUDEST))
                .as("opening in pauses over that in loud places")
                .isLessThanOrEqualTo(1 / 3.0);
    }

    private static double blinksPerMinute(VideoMeasurements video) {
        return video.blinks() / (video.frames() * FRAME_MS / 60_000);
    }

    private RenderedVideo render(Path portrait, float[] sound, Map<String, ?> options) throws IOException {
        return renderer.render(
                driver,
                driver.options(options),
                new RenderFiles(portrait, wav(sound)),
                Files.createTempFile(folder, "video", ".mp4"),
                new Patient());
    }

    private Path portrait(String person) throws IOException {
        if (person.equals("sample")) {
            return Path.of("..", "samples", "media", "portrait.png");
        }
        Path file = folder.resolve("portrait-" + person + ".png");
        if (!Files.exists(file)) {
            PortraitSpec spec = PaintedPortrait.gallery().get(Integer.parseInt(person));
            ImageIO.write(PaintedPortrait.paint(spec), "png", file.toFile());
        }
        return file;
    }

    private Path wav(float[] sound) throws IOException {
        ByteBuffer pcm = ByteBuffer.allocate(2 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : sound) {
            pcm.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * 32767));
        }
        Path file = Files.createTempFile(folder, "sound", ".wav");
        AudioFormat format = new AudioFormat(Sounds.RATE, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm.array()), format, sound.length),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    /** Speaks {@code speed} times as fast and as high. */
    private static float[] resampled(float[] sound, double speed) {
        float[] resampled = new float[(int) (sound.length / speed)];
        for (int i = 0; i < resampled.length; i++) {
            double at = Math.min(sound.length - 1.001, i * speed);
            int before = (int) at;
            resampled[i] = (float) (sound[before] + (at - before) * (sound[before + 1] - sound[before]));
        }
        return resampled;
    }

    /** Mean difference of two pictures, 0..255; the second may be larger by an odd row or column. */
    private static double difference(Picture video, Picture portrait) {
        long sum = 0;
        for (int row = 0; row < video.height(); row++) {
            for (int at = 0; at < 3 * video.width(); at++) {
                sum += Math.abs((video.bgr()[3 * row * video.width() + at] & 0xff)
                        - (portrait.bgr()[3 * row * portrait.width() + at] & 0xff));
            }
        }
        return sum / (3.0 * video.width() * video.height());
    }

    /** A voice by its name. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Voice(String name, float[] sound) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Patient implements RenderListener {

        @Override
        public void stage(RenderStage stage) {}

        @Override
        public void frames(int done, int total) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
