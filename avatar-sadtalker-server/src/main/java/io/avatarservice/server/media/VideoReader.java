package io.avatarservice.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Reads the pictures of a video, one after the other, upright. The demuxer is pinned by the content and the decoders are
 * listed: nothing in the file can make FFmpeg open another file or a network address. Holds native memory: to be closed.
 * For one thread.
 */
public final class VideoReader implements AutoCloseable {

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

    /**
     * Opens a video.
     *
     * @throws FfmpegException where the file is no video, or of a kind that is not read
     */
    public VideoReader(Path file) {
        try {
            open(file);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(Path file) {
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
        stream = Ffmpeg.check(
                avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0),
                "find the pictures of the video");
        AVStream pictures = container.streams(stream);
        Ffmpeg.check(avcodec.avcodec_parameters_to_context(codec, pictures.codecpar()), "read the video's format");
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

    /** Decodes the next picture without converting it; false at the end. */
    public boolean advance() {
        while (true) {
            int received = avcodec.avcodec_receive_frame(codec, frame);
            if (received == 0) {
                return true;
            } else if (received == avutil.AVERROR_EOF()) {
                return false;
            } else if (received == avutil.AVERROR_EAGAIN()) {
                feed();
            } else {
                Ffmpeg.check(received, "decode the video");
            }
        }
    }

    private void feed() {
        while (avformat.av_read_frame(container, packet) >= 0) {
            try {
                if (packet.stream_index() == stream) {
                    Ffmpeg.check(avcodec.avcodec_send_packet(codec, packet), "decode the video");
                    return;
                }
            } finally {
                avcodec.av_packet_unref(packet);
            }
        }
        avcodec.avcodec_send_packet(codec, null); // from here on the decoder gives back what it holds, then the end
    }

    /** When the picture that {@link #advance} decoded last is shown, in seconds from the first one. */
    public double seconds() {
        return frame.best_effort_timestamp() * timeBase() - startSeconds;
    }

    /** The picture that {@link #advance} decoded last. */
    public Picture picture() {
        int width = frame.width();
        int height = frame.height();
        SwsContext converter = swscale.sws_getContext(
                width,
                height,
                frame.format(),
                width,
                height,
                avutil.AV_PIX_FMT_BGR24,
                swscale.SWS_BICUBIC,
                null,
                null,
                (DoublePointer) null);
        byte[] bgr = new byte[width * height * 3];
        // swscale's vector code writes whole vectors, also past the end of a row.
        int padded = (width * 3 + VECTOR - 1) / VECTOR * VECTOR;
        try (BytePointer pixels = new BytePointer((long) padded * height + VECTOR);
                PointerPointer<BytePointer> target = new PointerPointer<>(1);
                IntPointer stride = new IntPointer(1)) {
            IntPointer matrix = swscale.sws_getCoefficients(colorSpace());
            int fullRange = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
            Ffmpeg.check(
                    swscale.sws_setColorspaceDetails(converter, matrix, fullRange, matrix, 1, 0, UNITY, UNITY),
                    "set up the color conversion");
            target.put(0, pixels);
            stride.put(0, padded);
            Ffmpeg.check(
                    swscale.sws_scale(converter, frame.data(), frame.linesize(), 0, height, target, stride),
                    "convert a frame");
            for (int row = 0; row < height; row++) {
                pixels.position((long) row * padded).get(bgr, row * width * 3, width * 3);
            }
            pixels.position(0);
        } finally {
            swscale.sws_freeContext(converter);
        }
        return turned(new Picture(width, height, bgr));
    }

    /** Videos that do not say are BT.709 where they are high definition, else BT.601, as players assume. */
    private int colorSpace() {
        boolean unspecified = frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED;
        boolean bt709 = unspecified ? frame.height() >= 720 : frame.colorspace() == avutil.AVCOL_SPC_BT709;
        return bt709 ? swscale.SWS_CS_ITU709 : swscale.SWS_CS_ITU601;
    }

    private Picture turned(Picture stored) {
        Picture picture = stored;
        for (int turn = 0; turn < quarterTurns; turn++) {
            picture = turnedClockwise(picture);
        }
        return picture;
    }

    private static Picture turnedClockwise(Picture picture) {
        int width = picture.height();
        int height = picture.width();
        byte[] turned = new byte[picture.bgr().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = ((picture.height() - 1 - x) * picture.width() + y) * 3;
                System.arraycopy(picture.bgr(), from, turned, (y * width + x) * 3, 3);
            }
        }
        return new Picture(width, height, turned);
    }

    @Override
    public void close() {
        avcodec.avcodec_free_context(codec);
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
        }
    }
}
