package io.avatarservice.server.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.media.AudioReader;
import io.avatarservice.server.media.FfmpegPrograms;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.media.PictureReader;
import io.avatarservice.server.media.TestMediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TalkingHeadRendererTests {

    private final MediaProperties properties = TestMediaProperties.defaults();
    private final TalkingHeadRenderer renderer =
            new TalkingHeadRenderer(new PictureReader(properties), new AudioReader(properties), properties);
    private final RecordingListener listener = new RecordingListener();

    @TempDir
    Path directory;

    private Path portrait;
    private Path speech;
    private Path output;

    @BeforeEach
    void makeInputs() throws IOException {
        portrait = FfmpegPrograms.make(
                directory.resolve("portrait.png"), "-f", "lavfi", "-i", "testsrc=s=97x65:d=0.1", "-frames:v", "1");
        speech = FfmpegPrograms.tone(directory.resolve("speech.wav"), 2.4, 16000);
        output = Files.createDirectory(directory.resolve("out")).resolve("video.mp4");
    }

    @Test
    void rendersAVideoAsLongAsTheSpeech() throws IOException {
        RenderedVideo video = render(new ColorDriver("test"));

        assertThat(video.format()).isEqualTo(new VideoFormat(96, 64, 25, 60));
        assertThat(video.seconds()).isCloseTo(2.4, within(0.0001));
        assertThat(video.bytes()).isEqualTo(Files.size(output));
        assertThat(video.timings()).containsOnlyKeys(RenderStage.ANALYZING, RenderStage.RENDERING);
        assertThat(FfmpegPrograms.probe(output, "v", "stream=nb_read_packets")).isEqualTo("60");
        assertThat(output.getParent())
                .isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void tellsTheStagesAndEveryFrame() {
        render(new ColorDriver("test"));

        assertThat(listener.stages).containsExactly(RenderStage.ANALYZING, RenderStage.RENDERING);
        assertThat(listener.frames).hasSize(60).isSorted().endsWith(60);
    }

    @Test
    void stopsWithinAFewFramesWhenCancelled() {
        AtomicInteger rendered = new AtomicInteger();
        listener.cancelAfter = 10;

        assertThatExceptionOfType(RenderCancelledException.class)
                .isThrownBy(() -> render(driver((request, sink) -> {
                    sink.open(new VideoFormat(64, 64, 25, 1000));
                    while (true) {
                        sink.publish(sink.borrow());
                        rendered.incrementAndGet();
                    }
                })));

        assertThat(rendered).hasValueBetween(10, 20);
        assertThat(output.getParent()).isEmptyDirectory();
    }

    @Test
    void stopsWhenTheThreadIsInterrupted() {
        assertThatExceptionOfType(RenderCancelledException.class)
                .isThrownBy(() -> render(driver((request, sink) -> {
                    sink.open(new VideoFormat(64, 64, 25, 1000));
                    Thread.currentThread().interrupt();
                    sink.borrow();
                })));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(output.getParent()).isEmptyDirectory();
    }

    @Test
    void passesOnWhatTheDriverFinds() {
        ProblemException noFace = new ProblemException(ProblemCode.FACE_NOT_FOUND, "image", "no face");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> render(driver((request, sink) -> {
                    throw noFace;
                })))
                .isSameAs(noFace);
    }

    @Test
    void explainsADriverThatBreaksHalfWay() {
        IllegalStateException cause = new IllegalStateException("internal detail");

        assertRenderFails((request, sink) -> {
                    sink.open(new VideoFormat(64, 64, 25, 10));
                    sink.publish(sink.borrow());
                    throw cause;
                })
                .hasMessage("the driver 'test' failed to render")
                .hasCause(cause);
    }

    @Test
    void refusesAVideoWithTooFewFrames() {
        assertRenderFails((request, sink) -> {
                    sink.open(new VideoFormat(64, 64, 25, 10));
                    sink.publish(sink.borrow());
                })
                .hasRootCauseMessage("the driver announced 10 frames and yielded 1");
    }

    @Test
    void refusesAVideoWithTooManyFrames() {
        assertRenderFails((request, sink) -> {
                    sink.open(new VideoFormat(64, 64, 25, 1));
                    sink.publish(sink.borrow());
                    sink.borrow();
                })
                .hasRootCauseMessage("the driver yields more than the 1 frames it announced");
    }

    @Test
    void refusesADriverThatYieldsNothing() {
        assertRenderFails((request, sink) -> {}).hasRootCauseMessage("the driver announced no video");
    }

    @Test
    void stopsTheDriverWhenTheVideoCannotBeWritten() {
        output = directory.resolve("missing").resolve("video.mp4");

        assertRenderFails((request, sink) -> {
                    sink.open(new VideoFormat(64, 64, 25, 1000));
                    for (int i = 0; i < 1000; i++) {
                        sink.publish(sink.borrow());
                    }
                })
                .hasMessage("the video could not be encoded")
                .hasRootCauseMessage("cannot open the video file: No such file or directory");
    }

    @Test
    void lendsFewBuffersAgainAndAgain() {
        List<Integer> slots = new ArrayList<>();

        render(driver((request, sink) -> {
            sink.open(new VideoFormat(64, 64, 25, 60));
            for (int i = 0; i < 60; i++) {
                FrameBuffer frame = sink.borrow();
                assertThat(frame.pixels().isDirect()).isTrue();
                assertThat(frame.pixels().remaining()).isEqualTo(64 * 64 * 3);
                slots.add(frame.slot());
                sink.publish(frame);
            }
        }));

        assertThat(slots).hasSize(60).allMatch(slot -> slot >= 0 && slot < 4);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRenderFails(
            BiConsumer<RenderRequest, FrameSink> behavior) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> render(driver(behavior)));
        assertThat(problem.code()).isEqualTo(ProblemCode.RENDER_FAILED);
        assertThat(directory.resolve("out")).isEmptyDirectory();
        return assertThat(problem);
    }

    private RenderedVideo render(TalkingHeadDriver driver) {
        return renderer.render(driver, driver.options(Map.of()), new RenderFiles(portrait, speech), output, listener);
    }

    private static TalkingHeadDriver driver(BiConsumer<RenderRequest, FrameSink> behavior) {
        return new ColorDriver("test") {
            @Override
            public void render(RenderRequest request, FrameSink sink) {
                behavior.accept(request, sink);
            }
        };
    }

    private static final class RecordingListener implements RenderListener {

        private final List<RenderStage> stages = new CopyOnWriteArrayList<>();
        private final List<Integer> frames = new CopyOnWriteArrayList<>();
        private int cancelAfter = Integer.MAX_VALUE;

        @Override
        public void stage(RenderStage stage) {
            stages.add(stage);
        }

        @Override
        public void frames(int done, int total) {
            frames.add(done);
        }

        @Override
        public boolean cancelled() {
            return frames.size() >= cancelAfter;
        }
    }
}
