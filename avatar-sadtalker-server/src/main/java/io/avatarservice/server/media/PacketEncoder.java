package io.avatarservice.server.media;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** An FFmpeg encoder: frames in, packets out. Holds native memory: to be closed. */
final class PacketEncoder implements AutoCloseable {

    private final AVCodec codec;
    private final AVCodecContext context;
    private final AVPacket packet = avcodec.av_packet_alloc();

    /** An encoder that is not open yet, so that its {@link #context} can be set up. */
    PacketEncoder(String name) {
        AVCodec found = avcodec.avcodec_find_encoder_by_name(name);
        if (found == null) {
            throw new FfmpegException("find the encoder " + name, avutil.AVERROR_ENCODER_NOT_FOUND());
        }
        codec = found;
        context = avcodec.avcodec_alloc_context3(codec);
    }

    AVCodecContext context() {
        return context;
    }

    void open(String... options) {
        AVDictionary dictionary = Ffmpeg.options(options);
        try {
            Ffmpeg.check(avcodec.avcodec_open2(context, codec, dictionary), "open the encoder");
        } finally {
            Ffmpeg.free(dictionary);
        }
    }

    /** Encodes a frame, or what the encoder still holds where it is {@code null}, and passes on what is ready. */
    void encode(@Nullable AVFrame frame, PacketSink sink) {
        Ffmpeg.check(avcodec.avcodec_send_frame(context, frame), "encode");
        while (true) {
            int received = avcodec.avcodec_receive_packet(context, packet);
            if (received == avutil.AVERROR_EAGAIN() || received == avutil.AVERROR_EOF()) {
                return;
            }
            Ffmpeg.check(received, "encode");
            try {
                sink.write(packet);
            } finally {
                avcodec.av_packet_unref(packet);
            }
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
