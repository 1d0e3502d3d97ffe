package io.avatarservice.server.cli;

import io.avatarservice.server.media.Picture;
import io.avatarservice.server.media.VideoReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts frames of a video into one picture. */
@Command(
        name = "contact-sheet",
        mixinStandardHelpOptions = true,
        description = "Puts evenly spaced frames of a rendered video into one PNG.")
final class ContactSheetCommand implements Callable<Integer> {

    @Parameters(paramLabel = "VIDEO", description = "An MP4 that this program rendered.")
    private Path video = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "PNG", description = "The picture to write.")
    private Path out = Path.of("");

    @Option(names = "--columns", paramLabel = "N", defaultValue = "6", description = "Default: ${DEFAULT-VALUE}.")
    private int columns;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--width",
            paramLabel = "PIXELS",
            defaultValue = "240",
            description = "Width of each frame (default: ${DEFAULT-VALUE}).")
    private int width;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Files.isReadable(video)) {
            throw new ParameterException(spec.commandLine(), "cannot read the file " + video);
        }
        if (columns < 1 || rows < 1 || width < 1) {
            throw new ParameterException(spec.commandLine(), "--columns, --rows and --width must be positive");
        }
        try (VideoReader reader = new VideoReader(video);
                Mat sheet = sheet(reader)) {
            if (!opencv_imgcodecs.imwrite(out.toString(), sheet)) {
                throw new IllegalStateException("cannot write " + out);
            }
        }
        return 0;
    }

    private Mat sheet(VideoReader reader) {
        int cells = columns * rows;
        int frames = reader.frameCount();
        Mat sheet = new Mat();
        int cell = 0;
        for (int frame = 0; cell < cells && reader.advance(); frame++) {
            // the middle of each of `cells` equal parts; a short video repeats frames
            while (cell < cells && frame >= (int) ((cell + 0.5) * frames / cells)) {
                place(reader.picture(), sheet, cell++);
            }
        }
        return sheet;
    }

    private void place(Picture picture, Mat sheet, int cell) {
        int height = Math.max(1, Math.round((float) picture.height() * width / picture.width()));
        if (sheet.empty()) {
            sheet.create(rows * height, columns * width, opencv_core.CV_8UC3);
            sheet.put(Scalar.all(0));
        }
        try (BytePointer pixels = new BytePointer(picture.bgr());
                Mat frame = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC3, pixels);
                Rect area = new Rect(cell % columns * width, cell / columns * height, width, height);
                Mat target = sheet.apply(area);
                Size size = new Size(width, height)) {
            opencv_imgproc.resize(frame, target, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
    }
}
