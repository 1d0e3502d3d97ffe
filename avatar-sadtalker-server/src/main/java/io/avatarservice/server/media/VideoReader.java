package io.avatarservice.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pictures of a video, one after the other, upright. The demuxer is pinned by the content and the decoders are
 * listed: nothing in the file can make FFmpeg open another file or a network address. Holds native memory: to be closed.
 * For one thread.
 */
public final class VideoReader implements AutoCloseable {

    /** What can be read, for messages. */
    public static final String FORMATS = VideoContainer.NAMES;

    /** Bytes of the widest vector register. */
    private static final int VECTOR = 64;

    private static final int UNITY = 1 << 16;

    /** Decoders for what the containers usually carry. */
    private static final String CODECS = "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,mpeg4,mpeg2video,mjpeg,ffv1";

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVCodecContext codec = avcodec.avcodec_alloc_context3(null);
    private int stream;
    private double startSeconds;
    private int quarterTurns;
    private long decoded;
    private long damaged;
    private @Nullable SwsContext converter;
    private BytePointer converted = new BytePointer(0);

    /**
     * Opens a video.
     *
     * @throws FfmpegException where the file is no video, or of a kind that is not read
     */
    public VideoReader(Path file) {
        this(file, Long.MAX_VALUE);
    }

    /**
     * Opens a video whose pictures may be so large.
     *
     * @param maxPixels of one picture
     * @throws TooManyPixelsException where they are larger
     * @throws NoVideoStreamException where there are none
     * @throws FfmpegException where the file is no video, or of a kind that is not read
     */
    public VideoReader(Path file, long maxPixels) {
        try {
            open(file, maxPixels);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(Path file, long maxPixels) {
        String demuxer = demuxer(file);
        AVDictionary options = Ffmpeg.options(
                "format_whitelist",
                demuxer,
                "protocol_whitelist",
                "file",
                "codec_whitelist",
                CODECS,
                "enable_drefs",
                "0");
        try {
            Ffmpeg.check(
                    avformat.avformat_open_input(
                            container,
                            "file:" + file.toAbsolutePath(),
                            avformat.av_find_input_format(demuxer),
                            options),
                    "open the video");
        } finally {
            Ffmpeg.free(options);
        }
        stream = avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (stream < 0 || isCover(container.streams(stream))) {
            throw new NoVideoStreamException();
        }
        AVStream pictures = container.streams(stream);
        Ffmpeg.check(avcodec.avcodec_parameters_to_context(codec, pictures.codecpar()), "read the video's format");
        if ((long) codec.width() * codec.height() > maxPixels) {
            throw new TooManyPixelsException(codec.width(), codec.height());
        }
        codec.max_pixels(maxPixels); // the pictures may still turn out larger than the header says
        AVCodec decoder = avcodec.avcodec_find_decoder(codec.codec_id());
        Ffmpeg.check(decoder == null ? avutil.AVERROR_EXIT() : 0, "find a decoder for the video");
        AVDictionary whitelist = Ffmpeg.options("codec_whitelist", CODECS);
        try {
            Ffmpeg.check(avcodec.avcodec_open2(codec, decoder, whitelist), "open the video decoder");
        } finally {
            Ffmpeg.free(whitelist);
        }
        startSeconds = pictures.start_time() == avutil.AV_NOPTS_VALUE ? 0 : pictures.start_time() * timeBase();
        quarterTurns = quarterTurns(pictures);
    }

    private static boolean isCover(AVStream pictures) {
        return (pictures.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    }

    private static String demuxer(Path file) {
        try {
            VideoContainer found = VideoContainer.sniff(file);
            if (found == null) {
                throw new FfmpegException("open the video", avutil.AVERROR_INVALIDDATA());
            }
            return found.demuxer();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the video", e);
        }
    }

    /** Cameras held upright write turned pictures and a matrix that turns them back, counterclockwise. */
    private static int quarterTurns(AVStream pictures) {
        AVPacketSideData matrix = avcodec.av_packet_side_data_get(
                pictures.codecpar().coded_side_data(),
                pictures.codecpar().nb_coded_side_data(),
                avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.isNull()) {
            return 0;
        }
        double degrees = avutil.av_display_rotation_get(new IntPointer(matrix.data()));
        return Double.isNaN(degrees) ? 0 : Math.floorMod((int) Math.round(-degrees / 90), 4);
    }

    private double timeBase() {
        return avutil.av_q2d(container.streams(stream).time_base());
    }

    /** How many pictures the video has; 0 where its header does not say. */
    public int frameCount() {
        return (int) container.streams(stream).nb_frames();
    }

    /** Frames per second as the header states them, on average; absent where it does not. */
    public Optional<FrameRate> frameRate() {
        AVRational rate = container.streams(stream).avg_frame_rate();
        return rate.num() > 0 && rate.den() > 0 ? Optional.of(new FrameRate(rate.num(), rate.den())) : Optional.empty();
    }

    /** How long the video is, in seconds, as the header states it; absent where it does not. */
    public OptionalDouble statedSeconds() {
        long duration = container.streams(stream).duration();
        if (duration != avutil.AV_NOPTS_VALUE) {
            return OptionalDouble.of(duration * timeBase());
        }
        return container.duration() == avutil.AV_NOPTS_VALUE
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) container.duration() / avutil.AV_TIME_BASE);
    }

    /** Whether the index of the video leads beyond the end of the file. */
    public boolean isCutOff() {
        AVStream pictures = container.streams(stream);
        long end = avformat.avio_size(container.pb());
        int entries = avformat.avformat_index_get_entries_count(pictures);
        for (int i = 0; i < entries; i++) {
            AVIndexEntry entry = avformat.avformat_index_get_entry(pictures, i);
            if (entry.pos() + entry.size() > end) {
                return true;
            }
        }
        return false;
    }

    /**
     * Decodes the next picture without converting it; false at the end. Pictures that are damaged are left out.
     *
     * @throws FfmpegException where most are damaged
     */
    public boolean advance() {
        while (true) {
            int received = avcodec.avcodec_receive_frame(codec, frame);
            if (received == 0) {
                decoded++;
                return true;
            } else if (received == avutil.AVERROR_EOF()) {
                Ffmpeg.check(damaged > decoded ? avutil.AVERROR_INVALIDDATA() : 0, "decode the video");
                return false;
            } else if (received == avutil.AVERROR_EAGAIN()) {
                feed();
            } else {
                damaged++;
            }
        }
    }

    private void feed() {
        int read = avformat.av_read_frame(container, packet);
        while (read >= 0) {
            try {
                if (packet.stream_index() == stream) {
                    damaged += avcodec.avcodec_send_packet(codec, packet) < 0 ? 1 : 0;
                    return;
                }
            } finally {
                avcodec.av_packet_unref(packet);
            }
            read = avformat.av_read_frame(container, packet);
        }
        Ffmpeg.check(read == avutil.AVERROR_EOF() ? 0 : read, "read the video");
        avcodec.avcodec_send_packet(codec, null); // from here on the decoder gives back what it holds, then the end
    }

    /** When the picture that {@link #advance} decoded last is shown, in seconds from the first one. */
    public double seconds() {
        return frame.best_effort_timestamp() * timeBase() - startSeconds;
    }

    /** Whether the file says when the picture is shown that {@link #advance} decoded last. */
    public boolean isTimed() {
        return frame.best_effort_timestamp() != avutil.AV_NOPTS_VALUE;
    }

    /** Width of the picture that {@link #advance} decoded last, upright. */
    public int width() {
        return quarterTurns % 2 == 0 ? frame.width() : frame.height();
    }

    /** Height of the picture that {@link #advance} decoded last, upright. */
    public int height() {
        return quarterTurns % 2 == 0 ? frame.height() : frame.width();
    }

    /** The picture that {@link #advance} decoded last: {@code height × width × 3} bytes, red first. */
    public byte[] rgb() {
        return pixels(avutil.AV_PIX_FMT_RGB24);
    }

    /** The picture that {@link #advance} decoded last. */
    public Picture picture() {
        return new Picture(width(), height(), pixels(avutil.AV_PIX_FMT_BGR24));
    }

    private byte[] pixels(int format) {
        int width = frame.width();
        int height = frame.height();
        converter = swscale.sws_getCachedContext(
                converter,
                width,
                height,
                frame.format(),
                width,
                height,
                format,
                swscale.SWS_BICUBIC,
                null,
                null,
                (DoublePointer) null);
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        // swscale's vector code writes whole vectors, also past the end of a row.
        int padded = (width * 3 + VECTOR - 1) / VECTOR * VECTOR;
        long needed = (long) padded * height + VECTOR;
        if (converted.capacity() < needed) {
            converted.close();
            converted = new BytePointer(needed);
        }
        try (PointerPointer<BytePointer> target = new PointerPointer<>(1);
                IntPointer stride = new IntPointer(1)) {
            IntPointer matrix = swscale.sws_getCoefficients(colorSpace());
            int fullRange = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
            Ffmpeg.check(
                    swscale.sws_setColorspaceDetails(converter, matrix, fullRange, matrix, 1, 0, UNITY, UNITY),
                    "set up the color conversion");
            target.put(0, converted);
            stride.put(0, padded);
            Ffmpeg.check(
                    swscale.sws_scale(converter, frame.data(), frame.linesize(), 0, height, target, stride),
                    "convert a frame");
            for (int row = 0; row < height; row++) {
                converted.position((long) row * padded).get(pixels, row * width * 3, width * 3);
            }
            converted.position(0);
        }
        return turned(pixels, width, height);
    }

    /** Videos that do not say are BT.709 where they are high definition, else BT.601, as players assume. */
    private int colorSpace() {
        boolean unspecified = frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED;
        boolean bt709 = unspecified ? frame.height() >= 720 : frame.colorspace() == avutil.AVCOL_SPC_BT709;
        return bt709 ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601;
    }

    private byte[] turned(byte[] stored, int storedWidth, int storedHeight) {
        byte[] pixels = stored;
        for (int turn = 0; turn < quarterTurns; turn++) {
            boolean sideways = turn % 2 != 0;
            pixels = turnedClockwise(
                    pixels, sideways ? storedHeight : storedWidth, sideways ? storedWidth : storedHeight);
        }
        return pixels;
    }

    private static byte[] turnedClockwise(byte[] pixels, int storedWidth, int storedHeight) {
        byte[] turned = new byte[pixels.length];
        int to = 0;
        for (int y = 0; y < storedWidth; y++) {
            for (int x = 0; x < storedHeight; x++) {
                int from = ((storedHeight - 1 - x) * storedWidth + y) * 3;
                turned[to++] = pixels[from];
                turned[to++] = pixels[from + 1];
                turned[to++] = pixels[from + 2];
            }
        }
        return turned;
    }

    @Override
    public void close() {
        swscale.sws_freeContext(converter);
        converter = null;
        converted.close();
        avcodec.avcodec_free_context(codec);
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
        }
    }
}
