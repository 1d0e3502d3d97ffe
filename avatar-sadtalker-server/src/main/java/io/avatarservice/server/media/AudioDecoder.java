package io.avatarservice.server.media;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the audio of one file, frame by frame, with one pinned demuxer and a list of audio codecs: nothing in the
 * file can make FFmpeg open another file, a playlist, a network address or an exotic decoder.
 */
final class AudioDecoder implements AutoCloseable {

    /** Decoders for what the supported containers carry; {@code mp3float} is FFmpeg's preferred one for MP3. */
    private static final String CODECS = "pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,"
            + "pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav,mp3,mp3float,aac,alac,flac,"
            + "vorbis,opus,libopus";

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final int stream;
    private @Nullable AVCodecContext codec;
    private boolean drained;
    private long decodedPackets;
    private long damagedPackets;

    /**
     * Opens the best audio stream.
     *
     * @throws NoAudioStreamException when there is none
     * @throws FfmpegException when the file cannot be opened or decoded
     */
    AudioDecoder(Path file, String demuxer) {
        try {
            open(file, demuxer);
            stream = findStream();
            codec = openCodec(container.streams(stream));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(Path file, String demuxer) {
        AVInputFormat format = avformat.av_find_input_format(demuxer);
        AVDictionary options = Ffmpeg.options(
                "format_whitelist",
                demuxer,
                "protocol_whitelist",
                "file",
                "codec_whitelist",
                CODECS,
                "enable_drefs",
                "0",
                // The first packet tells whether a WAV hides another format; more of them take 20 times as long.
                "max_probe_packets",
                "1");
        try {
            // the prefix keeps FFmpeg from reading a protocol into the name
            String url = "file:" + file.toAbsolutePath();
            Ffmpeg.check(avformat.avformat_open_input(container, url, format, options), "open the audio");
        } finally {
            Ffmpeg.free(options);
        }
        Ffmpeg.check(avformat.avformat_find_stream_info(container, (AVDictionary) null), "read the audio's streams");
    }

    private int findStream() {
        int found = avformat.av_find_best_stream(container, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
        if (found < 0) {
            throw new NoAudioStreamException();
        }
        for (int i = 0; i < container.nb_streams(); i++) {
            if (i != found) {
                container.streams(i).discard(avcodec.AVDISCARD_ALL);
            }
        }
        return found;
    }

    private static AVCodecContext openCodec(AVStream stream) {
        AVCodec decoder = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        if (decoder == null) {
            throw new FfmpegException("decode the audio", avutil.AVERROR_DECODER_NOT_FOUND());
        }
        AVCodecContext context = avcodec.avcodec_alloc_context3(decoder);
        AVDictionary options = Ffmpeg.options("codec_whitelist", CODECS, "threads", "1");
        try {
            Ffmpeg.check(avcodec.avcodec_parameters_to_context(context, stream.codecpar()), "read the audio's format");
            context.pkt_timebase(stream.time_base());
            Ffmpeg.check(avcodec.avcodec_open2(context, decoder, options), "open the audio decoder");
            return context;
        } catch (RuntimeException e) {
            avcodec.avcodec_free_context(context);
            throw e;
        } finally {
            Ffmpeg.free(options);
        }
    }

    /**
     * The next frame, valid until the next call; {@code null} at the end. Packets that cannot be decoded are left out
     * and counted.
     */
    @Nullable AVFrame next() {
        AVCodecContext context = codec;
        if (context == null) {
            throw new IllegalStateException("the decoder is closed");
        }
        while (true) {
            int received = avcodec.avcodec_receive_frame(context, frame);
            if (received == 0) {
                if (frame.nb_samples() > 0 && frame.sample_rate() > 0) {
                    return frame;
                }
            } else if (received == avutil.AVERROR_EOF() || (drained && received != avutil.AVERROR_EAGAIN())) {
                return null;
            } else if (received == avutil.AVERROR_EAGAIN()) {
                feed(context);
            } else {
                damagedPackets++;
            }
        }
    }

    private void feed(AVCodecContext context) {
        while (avformat.av_read_frame(container, packet) >= 0) {
            try {
                if (packet.stream_index() == stream) {
                    if (avcodec.avcodec_send_packet(context, packet) < 0) {
                        damagedPackets++;
                    } else {
                        decodedPackets++;
                    }
                    return;
                }
            } finally {
                avcodec.av_packet_unref(packet);
            }
        }
        drained = true;
        avcodec.avcodec_send_packet(context, null);
    }

    /** Whether anything read so far could not be decoded. */
    boolean sawDamage() {
        return damagedPackets > 0;
    }

    /** Whether most of what was read so far could not be decoded. */
    boolean mostlyDamaged() {
        return damagedPackets > decodedPackets / 2;
    }

    @Override
    public void close() {
        AVCodecContext context = codec;
        codec = null;
        if (context != null) {
            avcodec.avcodec_free_context(context);
        }
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        if (!container.isNull()) {
            avformat.avformat_close_input(container);
        }
    }
}
