package io.avatarservice.server.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
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

/** Reads the pictures of an MP4 that {@link Mp4Encoder} wrote. Holds native memory: to be closed. For one thread. */
public final class VideoReader implements AutoCloseable {

    /** Bytes of the widest vector register. */
    private static final int VECTOR = 64;

    private static final int UNITY = 1 << 16;

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVCodecContext codec = avcodec.avcodec_alloc_context3(null);
    private int stream;

    /** Opens a video; fails where it is not an MP4 with H.264 in it. */
    public VideoReader(Path file) {
        try {
            open(file);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(Path file) {
        AVDictionary options = Ffmpeg.options("format_whitelist", "mov", "protocol_whitelist", "file");
        try {
            Ffmpeg.check(
                    avformat.avformat_open_input(
                            container, "file:" + file.toAbsolutePath(), avformat.av_find_input_format("mov"), options),
                    "open the video");
        } finally {
            Ffmpeg.free(options);
        }
        stream = Ffmpeg.check(
                avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0),
                "find the pictures of the video");
        AVStream pictures = container.streams(stream);
        Ffmpeg.check(avcodec.avcodec_parameters_to_context(codec, pictures.codecpar()), "read the video's format");
        AVCodec decoder = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264);
        Ffmpeg.check(avcodec.avcodec_open2(codec, decoder, (AVDictionary) null), "open the video decoder");
    }

    /** How many pictures the video has. */
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
            IntPointer bt709 = swscale.sws_getCoefficients(swscale.SWS_CS_ITU709);
            Ffmpeg.check(
                    swscale.sws_setColorspaceDetails(converter, bt709, 0, bt709, 1, 0, UNITY, UNITY),
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
        return new Picture(width, height, bgr);
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
