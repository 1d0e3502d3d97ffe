package io.avatarservice.server.media;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Turns blue-green-red frames into H.264 packets: yuv420p, BT.709 in limited range, tagged as such. */
final class VideoEncoder implements AutoCloseable {

    /** Seconds between key frames: rare, because each one makes a still background flicker. */
    private static final int KEY_FRAME_SECONDS = 10;

    /** Fixed-point one of swscale's brightness, contrast and saturation. */
    /**
     * libopenh264 spends what it is given, also on a picture that stands still; a constant quantizer looks better at less
     * than half the size. It takes one only in a mode that wants a bit rate too, so that is set out of reach.
     */
    private static final long UNCONSTRAINED_BIT_RATE = 100_000_000;

    private static final int UNITY = 1 << 16;

    private final PacketEncoder encoder = new PacketEncoder("libopenh264");
    private final AVFrame frame = avutil.av_frame_alloc();
    private final PointerPointer<BytePointer> source = new PointerPointer<>(1);
    private final IntPointer sourceStride = new IntPointer(1);
    private final VideoTrack track;
    private final SwsContext converter;
    private long frames;

    VideoEncoder(VideoTrack track, boolean globalHeader) {
        this.track = track;
        converter = swscale.sws_getContext(
                track.width(),
                track.height(),
                avutil.AV_PIX_FMT_BGR24,
                track.width(),
                track.height(),
                avutil.AV_PIX_FMT_YUV420P,
                swscale.SWS_BILINEAR,
                null,
                null,
                (DoublePointer) null);
        try {
            IntPointer bt709 = swscale.sws_getCoefficients(swscale.SWS_CS_ITU709);
            Ffmpeg.check(
                    swscale.sws_setColorspaceDetails(converter, bt709, 1, bt709, 0, 0, UNITY, UNITY),
                    "set up the color conversion");
            sourceStride.put(0, track.width() * 3);
            configure(encoder.context(), globalHeader);
            // never drop a frame to keep the bit rate: one frame per 1/frameRate is a promise
            encoder.open("rc_mode", "bitrate", "allow_skip_frames", "0", "profile", "high", "coder", "cabac");
            frame.format(avutil.AV_PIX_FMT_YUV420P).width(track.width()).height(track.height());
            Ffmpeg.check(avutil.av_frame_get_buffer(frame, 0), "allocate a frame");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void configure(AVCodecContext context, boolean globalHeader) {
        AVRational rate = new AVRational()
                .num(track.frameRate().numerator())
                .den(track.frameRate().denominator());
        context.width(track.width())
                .height(track.height())
                .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
                .framerate(rate)
                .time_base(avutil.av_inv_q(rate))
                .bit_rate(UNCONSTRAINED_BIT_RATE)
                .qmin(track.quantizer())
                .qmax(track.quantizer())
                .gop_size((int) Math.round(track.frameRate().perSecond() * KEY_FRAME_SECONDS))
                .thread_count(1)
                .colorspace(avutil.AVCOL_SPC_BT709)
                .color_primaries(avutil.AVCOL_PRI_BT709)
                .color_trc(avutil.AVCOL_TRC_BT709)
                .color_range(avutil.AVCOL_RANGE_MPEG);
        if (globalHeader) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
    }

    AVCodecContext context() {
        return encoder.context();
    }

    /** How many seconds of picture have been encoded. */
    double seconds() {
        return track.frameRate().seconds(frames);
    }

    /** Encodes the next frame: {@code height × width × 3} bytes in a direct buffer. */
    void encode(ByteBuffer bgr, PacketSink sink) {
        int expected = track.width() * track.height() * 3;
        if (!bgr.isDirect() || bgr.capacity() != expected) {
            throw new IllegalArgumentException("expected a direct buffer of " + expected + " bytes");
        }
        Ffmpeg.check(avutil.av_frame_make_writable(frame), "allocate a frame");
        try (BytePointer pixels = new BytePointer(bgr.duplicate().clear())) {
            source.put(0, pixels);
            Ffmpeg.check(
                    swscale.sws_scale(
                            converter, source, sourceStride, 0, track.height(), frame.data(), frame.linesize()),
                    "convert a frame");
        }
        frame.pts(frames++);
        encoder.encode(frame, sink);
    }

    void flush(PacketSink sink) {
        encoder.encode(null, sink);
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        swscale.sws_freeContext(converter);
        encoder.close();
        source.close();
        sourceStride.close();
    }
}
