package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.RenderCancelledException;
import io.avatarservice.server.driver.RenderedVideo;
import io.avatarservice.server.driver.liveportrait.testsupport.DrivingClips;
import io.avatarservice.server.media.FfmpegPrograms;
import io.avatarservice.server.media.FrameRate;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.support.Clip;
import io.avatarservice.server.support.TestMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Portraits and driving videos through the whole pipeline, with tiny networks and made-up weights. */
class LivePortraitIT {

    private static final int SIDE = 512;
    private static final int FRAMES = 3;

    private static TinyLivePortrait pipeline;
    private static Path moving;

    @BeforeAll
    static void start(@TempDir Path folder) {
        pipeline = new TinyLivePortrait(folder, "f32", Map.of("max-driving-duration", "2s"));
        moving = DrivingClips.silent(folder.resolve("moving.mp4"), FRAMES, "25");
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    void theVideoHasTheRateTheLengthAndTheSoundOfTheDrivingVideo() {
        Path driving = DrivingClips.sounding(pipeline.file("sounding.mp4"), 6, "30000/1001");

        RenderedVideo video = pipeline.renderFile(driving, null, Map.of());

        assertThat(video.format().frameRate()).isEqualTo(new FrameRate(30000, 1001));
        assertThat(video.seconds()).isCloseTo(6 * 1001 / 30000.0, within(1e-9));
        assertThat(FfmpegPrograms.probe(video.file(), "v", "stream=width,height,r_frame_rate,nb_read_packets"))
                .hasLineCount(4)
                .contains("512", "30000/1001", "6");
        assertThat(FfmpegPrograms.probe(video.file(), "a", "stream=codec_name")).isEqualTo("aac");
    }

    @Test
    void aSilentDrivingVideoMakesASilentVideo() {
        RenderedVideo video = pipeline.renderFile(moving, null, Map.of());

        assertThat(FfmpegPrograms.probe(video.file(), "a", "stream=codec_name")).isEmpty();
    }

    @Test
    void givenSpeechTakesThePlaceOfTheSoundAndIsCutToThePictures() throws IOException {
        Path speech = Files.write(pipeline.file("speech.wav"), TestMedia.wav(2));

        RenderedVideo video = pipeline.renderFile(moving, speech, Map.of());

        assertThat(video.seconds()).isCloseTo(FRAMES / 25.0, within(1e-9));
        assertThat(Double.parseDouble(FfmpegPrograms.probe(video.file(), "a", "stream=duration")))
                .isCloseTo(FRAMES / 25.0, within(0.08)); // an AAC frame or two at 8 kHz
    }

    @Test
    void onlyThePlaceOfTheFaceChanges() {
        byte[] portrait = TinyLivePortrait.portrait().bgr();

        Clip clip = pipeline.render(moving, Map.of());

        assertThat(clip.format().width()).isEqualTo(SIDE);
        assertThat(clip.frames()).hasSize(FRAMES);
        int lastRow = (SIDE - 1) * SIDE * 3;
        for (byte[] frame : clip.frames()) {
            assertThat(frame).isNotEqualTo(portrait);
            assertThat(row(frame, lastRow)).isEqualTo(row(portrait, lastRow));
        }
    }

    @Test
    void framesFollowTheDrivingFace() {
        Clip clip = pipeline.render(moving, Map.of("stitching", false, "driving_multiplier", 2));

        assertThat(clip.frames().get(1)).isNotEqualTo(clip.frames().get(0));
        assertThat(clip.frames().get(2)).isNotEqualTo(clip.frames().get(1));
    }

    @Test
    void withoutMotionEveryFrameIsTheFirst() {
        Clip clip = pipeline.render(moving, Map.of("stitching", false, "driving_multiplier", 0));

        assertThat(clip.frames().get(1)).isEqualTo(clip.frames().get(0));
        assertThat(clip.frames().get(2)).isEqualTo(clip.frames().get(0));
    }

    @Test
    void theFaceAloneIsASquare() {
        Clip clip = pipeline.render(moving, Map.of("pasteback", false));

        assertThat(clip.format().width()).isEqualTo(LivePortraitNetworks.SIZE);
        assertThat(clip.format().height()).isEqualTo(LivePortraitNetworks.SIZE);
        assertThat(clip.frames()).hasSize(FRAMES);
    }

    @Test
    void everyOptionRenders() {
        assertThat(pipeline.render(
                                moving,
                                Map.of(
                                        "do_rot", false,
                                        "relative_motion", false,
                                        "driving_option", "pose-friendly",
                                        "eye_retargeting", true,
                                        "lip_retargeting", true,
                                        "crop_driving_video", true,
                                        "animation_region", "exp",
                                        "driving_smooth_observation_variance", 3e-7))
                        .frames())
                .hasSize(FRAMES);
        assertThat(pipeline.render(moving, Map.of("do_crop", false, "normalize_lip", true))
                        .frames())
                .hasSize(FRAMES);
    }

    @Test
    void smoothingWithoutVarianceIsLikeNone() {
        Clip plain = pipeline.render(moving, Map.of());
        Clip smooth = pipeline.render(moving, Map.of("driving_smooth_observation_variance", 1e-12));

        // one pass looks at all frames first; what it sees is the same
        assertThat(smooth.differenceTo(plain)).isLessThanOrEqualTo(1);
    }

    @Test
    void oneFrameIsEnough() {
        Path still = DrivingClips.silent(pipeline.file("still.mp4"), 1, "25");

        assertThat(pipeline.render(still, Map.of()).frames()).hasSize(1);
    }

    @Test
    void sixtyFramesASecondStaySixty() {
        Path quick = DrivingClips.silent(pipeline.file("quick.mp4"), 4, "60");

        Clip clip = pipeline.render(quick, Map.of());

        assertThat(clip.format().frameRate()).isEqualTo(FrameRate.of(60));
        assertThat(clip.frames()).hasSize(4);
    }

    @Test
    void aVideoThatLiesOnItsSideIsTurnedUpright() {
        Path turned = DrivingClips.turned(pipeline.file("turned.mp4"), 2);

        assertThat(pipeline.render(turned, Map.of()).frames()).hasSize(2);
    }

    @Test
    void aVideoWithoutAFaceIsRefused() {
        assertRefused(DrivingClips.faceless(pipeline.file("faceless.mp4")), ProblemCode.FACE_NOT_FOUND);
    }

    @Test
    void aVideoWithoutPicturesIsRefused() {
        assertRefused(DrivingClips.withoutPictures(pipeline.file("sound.mp4")), ProblemCode.UNSUPPORTED_MEDIA);
    }

    @Test
    void aVideoBeyondTheLimitIsRefused() {
        assertRefused(DrivingClips.silent(pipeline.file("long.mp4"), 60, "25"), ProblemCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void aCancelledRenderEndsWhileTheVideoIsLookedThrough() {
        Clip clip = new Clip() {
            @Override
            public void checkCancelled() {
                throw new RenderCancelledException();
            }
        };

        assertThatExceptionOfType(RenderCancelledException.class)
                .isThrownBy(() -> pipeline.render(moving, Map.of(), clip));
        assertThat(clip.frames()).isEmpty();
    }

    @Test
    void aCancelledRenderEndsBetweenFrames() {
        Clip clip = new Clip() {
            @Override
            public FrameBuffer borrow() {
                if (frames().size() == 1) {
                    throw new RenderCancelledException();
                }
                return super.borrow();
            }
        };

        assertThatExceptionOfType(RenderCancelledException.class)
                .isThrownBy(() -> pipeline.render(moving, Map.of(), clip));
        assertThat(clip.frames()).hasSize(1);
    }

    private static byte[] row(byte[] picture, int from) {
        byte[] row = new byte[SIDE * 3];
        System.arraycopy(picture, from, row, 0, row.length);
        return row;
    }

    private static void assertRefused(Path driving, ProblemCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> pipeline.render(driving, Map.of()))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("driving_video"));
    }
}
