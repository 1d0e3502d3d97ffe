package io.avatarservice.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTests {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 32;

    private final PictureReader reader = new PictureReader(TestMediaProperties.defaults());

    @TempDir
    Path directory;

    /** Upper left, upper right, lower left, lower right of the upright picture, by EXIF orientation. */
    static Stream<Arguments> orientations() {
        String[] upright = {"RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"};
        return Stream.of(".jpg", ".png", ".webp")
                .flatMap(extension -> Stream.iterate(1, value -> value <= 8, value -> value + 1)
                        .map(value -> Arguments.of(extension, value, upright[value - 1])));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void turnsThePictureUprightOnce(String extension, int orientation, String expected) throws IOException {
        byte[] image = ImageFiles.encode(extension, quadrants());
        Path file = write(ImageFiles.withOrientation(extension, image, WIDTH, HEIGHT, orientation));

        Picture picture = reader.read(file);

        assertThat(picture.width()).isEqualTo(orientation >= 5 ? HEIGHT : WIDTH);
        assertThat(picture.height()).isEqualTo(orientation >= 5 ? WIDTH : HEIGHT);
        assertThat(quadrants(picture)).isEqualTo(expected);
    }

    @Test
    void laysTransparencyOverWhite() throws IOException {
        try (Mat red = new Mat(8, 8, opencv_core.CV_8UC4, new Scalar(0, 0, 255, 51))) {
            Picture picture = reader.read(write(ImageFiles.encode(".png", red)));

            assertThat(pixel(picture, 3, 3)).containsExactly(204, 204, 255);
        }
    }

    @Test
    void readsSixteenBits() throws IOException {
        try (Mat deep = new Mat(8, 8, opencv_core.CV_16UC3, new Scalar(0x2000, 0x8080, 0xFFFF, 0))) {
            Picture picture = reader.read(write(ImageFiles.encode(".png", deep)));

            assertThat(pixel(picture, 3, 3)).containsExactly(32, 128, 255);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png"})
    void readsGray(String extension) throws IOException {
        try (Mat gray = new Mat(8, 8, opencv_core.CV_8UC1, new Scalar(100))) {
            Picture picture = reader.read(write(ImageFiles.encode(extension, gray)));

            assertThat(pixel(picture, 3, 3)).containsExactly(100, 100, 100);
        }
    }

    @Test
    void readsAPaletteWithTransparency() throws IOException {
        Path palette = FfmpegPrograms.make(
                directory.resolve("palette.png"),
                "-f",
                "lavfi",
                "-i",
                "color=red:s=16x16:d=0.1:r=10,format=rgba,split[a][b];[a]palettegen[p];[b][p]paletteuse",
                "-frames:v",
                "1");

        assertThat(pixel(reader.read(palette), 8, 8)[2]).isCloseTo(255, within(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void refusesEveryTruncation(String extension) throws IOException {
        byte[] image = ImageFiles.encode(extension, quadrants());

        for (int length = 1; length < image.length; length += Math.max(1, image.length / 97)) {
            assertRefused(write(Arrays.copyOf(image, length)), ProblemCode.UNSUPPORTED_MEDIA);
        }
        assertRefused(write(Arrays.copyOf(image, image.length - 1)), ProblemCode.UNSUPPORTED_MEDIA)
                .withMessageContaining("ends before the picture does");
    }

    @Test
    void refusesATruncatedJpegWhoseThumbnailIsComplete() throws IOException {
        byte[] thumbnail = ImageFiles.encode(".jpg", quadrants());
        ByteBuffer segment = ByteBuffer.allocate(4 + thumbnail.length);
        segment.putShort((short) 0xFFE2)
                .putShort((short) (2 + thumbnail.length))
                .put(thumbnail);
        byte[] image = ImageFiles.insert(thumbnail, 2, segment.array());

        reader.read(write(image));
        assertRefused(write(Arrays.copyOf(image, image.length - 20)), ProblemCode.UNSUPPORTED_MEDIA);
    }

    @Test
    void refusesAPngWithAFlippedBit() throws IOException {
        byte[] image = ImageFiles.encode(".png", quadrants());
        image[image.length / 2] ^= 1;

        assertRefused(write(image), ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("checksum");
    }

    @Test
    void acceptsBytesAfterTheEndOfAJpeg() throws IOException {
        byte[] image = ImageFiles.encode(".jpg", quadrants());

        Picture picture = reader.read(write(Arrays.copyOf(image, image.length + 100)));

        assertThat(quadrants(picture)).isEqualTo("RGBW");
    }

    @Test
    void readsAProgressiveJpeg() throws IOException {
        try (IntPointer parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
                BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(".jpg", quadrants(), encoded, parameters);
            byte[] image = new byte[(int) encoded.limit()];
            encoded.get(image);

            assertThat(quadrants(reader.read(write(image)))).isEqualTo("RGBW");
        }
    }

    @Test
    void refusesTextNamingTheFormats() throws IOException {
        Path text = Files.writeString(directory.resolve("portrait.png"), "This is not a picture.");

        assertRefused(text, ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("JPEG, PNG or WebP");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertRefused(write(new byte[0]), ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("empty");
    }

    @Test
    void refusesOtherImageFormats() throws IOException {
        assertRefused(write(ImageFiles.encode(".bmp", quadrants())), ProblemCode.UNSUPPORTED_MEDIA);
    }

    /** A few hundred bytes that would be decoded to a gigabyte. The container's own file says how large it is. */
    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp", ".lossy.webp", ".extended.webp"})
    void refusesTooManyPixelsBeforeDecodingThem(String kind) throws IOException {
        Path bomb = write(ImageFiles.claiming(kind, quadrants(), 16_000, 15_999));

        assertRefused(bomb, ProblemCode.PAYLOAD_TOO_LARGE)
                .withMessageContaining("16,000 x 15,999")
                .withMessageContaining("limit is 50,000,000");
        assertThat(Files.size(bomb)).isLessThan(4096);
    }

    @Test
    void refusesAPngWithoutPixels() throws IOException {
        byte[] image = ImageFiles.encode(".png", quadrants());
        byte[] header = Arrays.copyOfRange(image, 16, 29);
        ByteBuffer.wrap(header).putInt(0);
        System.arraycopy(ImageFiles.pngChunk("IHDR", header), 0, image, 8, 25);

        assertRefused(write(image), ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("no pixels");
    }

    @Test
    void refusesTooManyBytes() throws IOException {
        PictureReader strict = new PictureReader(TestMediaProperties.with(Map.of("max-image-bytes", "100B")));
        Path file = write(ImageFiles.encode(".png", quadrants()));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> strict.check(file))
                .withMessageContaining("limit is 100")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apng", "webp"})
    void refusesAnimations(String format) {
        Path animation = FfmpegPrograms.make(
                directory.resolve("animation." + format), "-f", "lavfi", "-i", "testsrc=s=64x32:d=1:r=4", "-f", format);

        assertRefused(animation, ProblemCode.UNSUPPORTED_MEDIA).withMessageContaining("animation");
    }

    private ThrowableAssertAlternative<ProblemException> assertRefused(Path file, ProblemCode code) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> reader.read(file));
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.check(file))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("image"));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("image"), bytes);
    }

    /** Red, green above blue, white. */
    private static Mat quadrants() {
        Mat pixels = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, Scalar.all(255));
        fill(pixels, 0, 0, new Scalar(0, 0, 255, 0));
        fill(pixels, WIDTH / 2, 0, new Scalar(0, 255, 0, 0));
        fill(pixels, 0, HEIGHT / 2, new Scalar(255, 0, 0, 0));
        return pixels;
    }

    private static void fill(Mat pixels, int x, int y, Scalar color) {
        try (Mat quadrant = pixels.apply(new Rect(x, y, WIDTH / 2, HEIGHT / 2))) {
            quadrant.put(color);
        }
    }

    private static String quadrants(Picture picture) {
        int left = picture.width() / 4;
        int right = picture.width() * 3 / 4;
        int upper = picture.height() / 4;
        int lower = picture.height() * 3 / 4;
        return name(pixel(picture, left, upper))
                + name(pixel(picture, right, upper))
                + name(pixel(picture, left, lower))
                + name(pixel(picture, right, lower));
    }

    private static String name(int[] bgr) {
        boolean blue = bgr[0] > 128;
        boolean green = bgr[1] > 128;
        boolean red = bgr[2] > 128;
        return blue && green && red ? "W" : red ? "R" : green ? "G" : "B";
    }

    private static int[] pixel(Picture picture, int x, int y) {
        int offset = (y * picture.width() + x) * 3;
        return new int[] {
            picture.bgr()[offset] & 0xFF, picture.bgr()[offset + 1] & 0xFF, picture.bgr()[offset + 2] & 0xFF
        };
    }
}
