package io.avatarservice.server.media;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/** Turns the sound of a clip into AAC packets, decoding it as it goes. */
final class AudioEncoder implements AutoCloseable {

    /** The sampling frequencies of AAC (ISO/IEC 14496-3, table 1.18). */
    private static final int[] RATES = {
        7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000
    };

    private static final int MAX_CHANNELS = 2;

    /** Bits per second and channel at which FFmpeg's AAC encoder is transparent for speech and good for music. */
    private static final int MAX_CHANNEL_BIT_RATE = 96_000;

    private static final int BITS_PER_SAMPLE = 3;

    private final PacketEncoder encoder = new PacketEncoder("aac");
    private final AVFrame frame = avutil.av_frame_alloc();
    private final PcmReader reader;
    private final int rate;
    private final int channels;
    private final int frameSize;
    private final float[] interleaved;
    private final float[] plane;
    private final double clipSeconds;
    private final double frameSeconds;
    private long samples;
    private boolean ended;
    /** What of the sound's last samples is in {@link #interleaved}, not encoded yet. */
    private int held;

    AudioEncoder(AudioClip clip, boolean globalHeader, FrameRate pictures) {
        clipSeconds = clip.seconds();
        frameSeconds = pictures.seconds(1);
        rate = nearestRate(clip.sampleRate());
        channels = Math.min(clip.channels(), MAX_CHANNELS);
        try {
            configure(encoder.context(), globalHeader);
            encoder.open();
            frameSize = encoder.context().frame_size();
            interleaved = new float[frameSize * channels];
            plane = new float[frameSize];
            frame.format(avutil.AV_SAMPLE_FMT_FLTP).sample_rate(rate).nb_samples(frameSize);
            avutil.av_channel_layout_default(frame.ch_layout(), channels);
            Ffmpeg.check(avutil.av_frame_get_buffer(frame, 0), "allocate a frame");
            reader = PcmReader.interleaved(clip, rate, channels);
        } catch (RuntimeException e) {
            free();
            throw e;
        }
    }

    /** The supported rate closest to that of the source, which nearly always is the source's own. */
    static int nearestRate(int sourceRate) {
        return IntStream.of(RATES)
                .boxed()
                .min((a, b) -> Integer.compare(Math.abs(a - sourceRate), Math.abs(b - sourceRate)))
                .orElseThrow();
    }

    private void configure(AVCodecContext context, boolean globalHeader) {
        context.sample_rate(rate)
                .sample_fmt(avutil.AV_SAMPLE_FMT_FLTP)
                .bit_rate((long) Math.min(MAX_CHANNEL_BIT_RATE, rate * BITS_PER_SAMPLE) * channels);
        try (AVRational timeBase = new AVRational()) {
            context.time_base(timeBase.num(1).den(rate));
        }
        avutil.av_channel_layout_default(context.ch_layout(), channels);
        // keeps FFmpeg's version out of the stream, so that equal renders are equal files
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
        if (globalHeader) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
    }

    AVCodecContext context() {
        return encoder.context();
    }

    /** Encodes until {@code seconds} of sound are in; where the picture outlasts the sound by more than a frame, silence. */
    void encodeUntil(double seconds, PacketSink sink) {
        boolean more = true;
        while (more && samples < seconds * rate) {
            more = encodeFrame(seconds, sink);
        }
    }

    /**
     * Encodes the rest of the sound.
     *
     * @param seconds of the picture; what of the sound comes more than a frame after it is cut
     */
    void flush(double seconds, PacketSink sink) {
        if (clipSeconds <= seconds + frameSeconds) {
            while (!ended) {
                encodeFrame(seconds, sink);
            }
            if (held > 0) {
                encodeHeld(sink);
            }
        }
        encoder.encode(null, sink);
    }

    /** Encodes as many samples as AAC takes at once; false where the sound has ended and nothing has to follow. */
    private boolean encodeFrame(double seconds, PacketSink sink) {
        if (!ended) {
            held = reader.read(interleaved) / channels;
            ended = held < frameSize;
        }
        if (ended) {
            if (samples + held >= (seconds - frameSeconds) * rate) {
                return false; // only the last frame may be a short one, and this may not be the last
            }
            Arrays.fill(interleaved, held * channels, interleaved.length, 0);
            held = frameSize;
        }
        encodeHeld(sink);
        return true;
    }

    private void encodeHeld(PacketSink sink) {
        Ffmpeg.check(avutil.av_frame_make_writable(frame), "allocate a frame");
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < held; i++) {
                plane[i] = interleaved[i * channels + channel];
            }
            try (FloatPointer target = new FloatPointer(frame.data(channel))) {
                target.put(plane, 0, held);
            }
        }
        frame.nb_samples(held).pts(samples);
        samples += held;
        held = 0;
        encoder.encode(frame, sink);
    }

    @Override
    public void close() {
        reader.close();
        free();
    }

    private void free() {
        avutil.av_frame_free(frame);
        encoder.close();
    }
}
