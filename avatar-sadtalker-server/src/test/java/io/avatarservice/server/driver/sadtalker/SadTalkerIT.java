package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDManager;
import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.RenderCancelledException;
import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.TalkingHeadRenderer;
import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.driver.sadtalker.face.GivenLandmarks;
import io.avatarservice.server.driver.sadtalker.face.Pictures;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.FfmpegPrograms;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.TestMediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.support.Clip;
import io.avatarservice.server.support.TestMedia;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.util.ReflectionTestUtils;

/** The pipeline from options to frames, with tiny networks. */
class SadTalkerIT {

    private static TinyPipeline pipeline;

    @BeforeAll
    static void start(@TempDir Path folder) {
        pipeline = new TinyPipeline(folder, CheckpointFormat.SAFETENSORS);
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @ParameterizedTest
    @CsvSource({"crop, 256, 256, 256", "extcrop, 256, 256, 256", "resize, 256, 256, 256", "crop, 512, 512, 512"})
    void theVideoShowsWhatIsAnimated(String preprocess, int size, int width, int height) {
        Clip clip = pipeline.render(Map.of("preprocess", preprocess, "size", size));

        assertThat(clip.format()).isEqualTo(new VideoFormat(width, height, 25, 1));
        assertThat(clip.frames()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"full", "extfull"})
    void theWholePictureChangesInTheFaceOnly(String preprocess) {
        Clip clip = pipeline.render(Map.of("preprocess", preprocess), 2 * TinyPipeline.ONE_FRAME);

        byte[] portrait = TinyPipeline.portrait().bgr();
        int row = 512 * 3;
        assertThat(clip.format()).isEqualTo(new VideoFormat(512, 512, 25, 2));
        for (byte[] frame : clip.frames()) {
            // below the collar
            assertThat(Arrays.copyOfRange(frame, 400 * row, frame.length))
                    .isEqualTo(Arrays.copyOfRange(portrait, 400 * row, portrait.length));
            assertThat(frame).isNotEqualTo(portrait);
        }
    }

    @Test
    void prescribedAnglesTurnTheHead() {
        Clip own = pipeline.render(Map.of());
        Clip turned = pipeline.render(Map.of("input_yaw", List.of(30)));

        assertThat(turned.differenceTo(own)).isPositive();
    }

    @Test
    void theSizeOfABatchDoesNotChangeTheFrames() {
        RenderRequest request = pipeline.request(
                TinyPipeline.portrait(), TinyPipeline.withLandmarks(Map.of()), 3 * TinyPipeline.ONE_FRAME);

        Clip single = frames(request, 1);
        Clip pairs = frames(request, 2);

        assertThat(single.frames()).hasSize(3);
        assertThat(pairs.frames()).hasSize(3);
        assertThat(pairs.differenceTo(single)).isLessThanOrEqualTo(1);
    }

    private static Clip frames(RenderRequest request, int batch) {
        SadTalkerOptions options = SadTalkerOptions.of(request.options());
        Networks networks = pipeline.networks(options.size());
        RgbImage picture = Pictures.toRgb(request.portrait());
        SourceFace face = new FaceAnalyzer(networks)
                .analyze(
                        picture,
                        options.preprocess(),
                        options.size(),
                        GivenLandmarks.parse(Objects.requireNonNull(options.landmarks()), picture.size()));
        SpeechWindows windows = SpeechWindows.of(SpeechReader.read(request.requireSpeech()));
        Coefficients coefficients = new MotionPlanner(new SpeechNetworks(networks))
                .plan(face.row(), windows, ReferenceMotion.NONE, options);
        Clip clip = new Clip();
        new FrameRenderer(networks, batch)
                .render(face.square(), coefficients, options.cameraPath(windows.frames()), clip.frames()::add);
        return clip;
    }

    @Test
    void aCancelledRenderLeavesNoThreadAndNoMemoryBehind() {
        pipeline.render(Map.of());
        int scopes = scopes();
        Clip cancelled = new Clip() {
            @Override
            public FrameBuffer borrow() {
                if (frames().size() == 1) {
                    throw new RenderCancelledException();
                }
                return super.borrow();
            }
        };

        assertThatExceptionOfType(RenderCancelledException.class)
                .isThrownBy(() -> pipeline.driver()
                        .render(
                                pipeline.request(TinyPipeline.portrait(), TinyPipeline.withLandmarks(Map.of()), 1),
                                cancelled));

        assertThat(cancelled.frames()).hasSize(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.endsWith("-frames"));
        assertThat(scopes()).isEqualTo(scopes);
    }

    /** What is open on the device: scopes, weights and arrays. */
    private static int scopes() {
        try (NDManager probe = pipeline.runtime().newScope()) {
            Map<?, ?> resources = (Map<?, ?>)
                    Objects.requireNonNull(ReflectionTestUtils.getField(probe.getParentManager(), "resources"));
            return resources.size();
        }
    }

    @Test
    void aFaceIsDetectedWhereNoLandmarksAreGiven() {
        Clip clip = new Clip();

        pipeline.render(TinyPipeline.portrait(), Map.of("seed", 1), clip);

        assertThat(clip.frames()).hasSize(1);
    }

    @Test
    void theVideoIsEncodedWithTheSoundAtItsOwnRate() {
        Path speech = pipeline.write("sound.wav", TestMedia.wav(2 * TinyPipeline.ONE_FRAME));
        Path video = speech.resolveSibling("out.mp4");
        MediaProperties media = TestMediaProperties.defaults();

        new TalkingHeadRenderer(new PictureReader(media), new AudioReader(media), media)
                .render(
                        pipeline.driver(),
                        pipeline.driver().options(TinyPipeline.withLandmarks(Map.of())),
                        new RenderFiles(TinyPipeline.PORTRAIT, speech),
                        video,
                        new Unwatched());

        assertThat(FfmpegPrograms.probe(video, "v", "stream=width,height,r_frame_rate,nb_read_packets"))
                .hasLineCount(4)
                .contains("256", "25/1", "2");
        assertThat(FfmpegPrograms.probe(video, "a", "stream=sample_rate")).isEqualTo("8000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference_pose_video", "reference_blink_video"})
    void aReferenceVideoMovesTheHead(String option) {
        Map<String, Object> options = TinyPipeline.withLandmarks(Map.of("blink", false));
        RenderRequest own = pipeline.request(TinyPipeline.portrait(), options, 2 * TinyPipeline.ONE_FRAME);
        Path video = FfmpegPrograms.make(
                pipeline.write("reference.mp4", new byte[0]),
                "-loop",
                "1",
                "-framerate",
                "25",
                "-i",
                TinyPipeline.PORTRAIT.toString(),
                "-t",
                "0.08");
        Clip without = new Clip();
        Clip with = new Clip();

        pipeline.driver().render(own, without);
        pipeline.driver()
                .render(
                        new RenderRequest(own.portrait(), own.requireSpeech(), own.options(), Map.of(option, video)),
                        with);

        assertThat(with.frames()).hasSameSizeAs(without.frames());
        assertThat(with.differenceTo(without)).isPositive();
    }

    @Test
    void aReferenceVideoThatIsNoneIsNamed() {
        RenderRequest request =
                pipeline.request(TinyPipeline.portrait(), TinyPipeline.withLandmarks(Map.of()), TinyPipeline.ONE_FRAME);
        Path video = pipeline.write("video.txt", new byte[] {1, 2, 3});

        assertRefused(
                        () -> pipeline.driver()
                                .render(
                                        new RenderRequest(
                                                request.portrait(),
                                                request.requireSpeech(),
                                                request.options(),
                                                Map.of("reference_pose_video", video)),
                                        new Clip()),
                        ProblemCode.UNSUPPORTED_MEDIA,
                        "options.reference_pose_video")
                .withMessageStartingWith("the reference_pose_video is damaged or not in a supported format");
    }

    @Test
    void lessThanAFrameOfSoundIsRefused() {
        assertRefused(() -> pipeline.render(Map.of(), 0.039), ProblemCode.UNSUPPORTED_MEDIA, "audio")
                .withMessage("the audio is shorter than one frame, 40 ms");
    }

    @Test
    void landmarksOutsideOfThePictureAreNamed() {
        Picture small = new Picture(100, 80, new byte[100 * 80 * 3]);

        assertRefused(
                        () -> pipeline.render(small, TinyPipeline.withLandmarks(Map.of()), new Clip()),
                        ProblemCode.INVALID_REQUEST,
                        "options.landmarks")
                .withMessageContaining("lies outside of the 100x80 picture");
    }

    @Test
    void aPictureLikeARibbonIsRefused() {
        Picture ribbon = new Picture(10, 10_000, new byte[10 * 10_000 * 3]);

        assertRefused(
                        () -> pipeline.render(ribbon, Map.of("preprocess", "resize"), new Clip()),
                        ProblemCode.INVALID_REQUEST,
                        "image")
                .withMessage("the part of the picture that is animated has 10x10000 pixels, so that frames would have"
                        + " 256x256000; the limit is 4096 on a side");
    }

    @Test
    void aDeviceThatIsNotThereIsNamed(@TempDir Path folder) {
        try (TinyPipeline elsewhere = new TinyPipeline(folder, CheckpointFormat.SAFETENSORS, "cuda:99")) {
            assertRefused(() -> elsewhere.render(Map.of()), ProblemCode.DRIVER_NOT_READY, "driver")
                    .withMessageStartingWith(
                            "PyTorch cannot be used: avatar.torch.device is cuda:99, which cannot be used: ");
        }
    }

    private static ThrowableAssertAlternative<ProblemException> assertRefused(
            ThrowingCallable render, ProblemCode code, String field) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(render)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(field));
    }

    private static final class Unwatched implements RenderListener {

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
