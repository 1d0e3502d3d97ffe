package io.avatarservice.server.media;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sound of an {@link AudioClip} as a stream of samples in {@code -1..1}, resampled and mixed as asked. Holds
 * native memory: to be closed. For one thread.
 */
public final class PcmReader implements AutoCloseable {

    private final AudioDecoder decoder;
    private final int rate;
    private final int channels;
    private final AVChannelLayout layout = new AVChannelLayout();
    private final PointerPointer<FloatPointer> planes = new PointerPointer<>(1);

    private @Nullable SwrContext resampler;
    private int inputRate;
    private int inputFormat;
    private int inputChannels;

    private FloatPointer converted = new FloatPointer(0);
    private float[] samples = new float[0];
    private int position;
    private int limit;
    private boolean ended;

    private PcmReader(AudioClip clip, int rate, int channels) {
        this.decoder = new AudioDecoder(clip.file(), clip.demuxer());
        this.rate = rate;
        this.channels = channels;
        avutil.av_channel_layout_default(layout, channels);
    }

    static PcmReader mono(AudioClip clip, int rate) {
        return new PcmReader(clip, rate, 1);
    }

    /**
     * Opens the sound with several channels.
     *
     * @param rate samples per second and channel
     * @param channels channels to mix to
     */
    static PcmReader interleaved(AudioClip clip, int rate, int channels) {
        return new PcmReader(clip, rate, channels);
    }

    /**
     * Fills {@code target} from its start; channels are interleaved.
     *
     * @return how many values were written: {@code target.length}, fewer only at the end of the sound, 0 after it
     */
    public int read(float[] target) {
        int written = 0;
        while (written < target.length) {
            if (position == limit && !fill()) {
                break;
            }
            int count = Math.min(limit - position, target.length - written);
            System.arraycopy(samples, position, target, written, count);
            position += count;
            written += count;
        }
        return written;
    }

    /** Decodes until there are samples; false at the end. */
    private boolean fill() {
        position = 0;
        limit = 0;
        while (limit == 0 && !ended) {
            AVFrame frame = decoder.next();
            if (frame == null) {
                ended = true;
                flush();
            } else {
                if (needsOtherResampler(frame)) {
                    flush();
                    openResampler(frame);
                }
                convert(frame.extended_data(), frame.nb_samples());
            }
        }
        return limit > 0;
    }

    /** A file may change its rate or layout on the way: chained OGG, implicitly signaled HE-AAC. */
    private boolean needsOtherResampler(AVFrame frame) {
        return resampler == null
                || frame.sample_rate() != inputRate
                || frame.format() != inputFormat
                || frame.ch_layout().nb_channels() != inputChannels;
    }

    private void openResampler(AVFrame frame) {
        closeResampler();
        inputRate = frame.sample_rate();
        inputFormat = frame.format();
        inputChannels = frame.ch_layout().nb_channels();
        SwrContext context = new SwrContext(null);
        try (AVChannelLayout input = new AVChannelLayout()) {
            if (frame.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
                avutil.av_channel_layout_default(input, inputChannels);
            } else {
                avutil.av_channel_layout_copy(input, frame.ch_layout());
            }
            Ffmpeg.check(
                    swresample.swr_alloc_set_opts2(
                            context, layout, avutil.AV_SAMPLE_FMT_FLT, rate, input, inputFormat, inputRate, 0, null),
                    "set up the resampler");
            avutil.av_channel_layout_uninit(input);
        }
        resampler = context;
        Ffmpeg.check(swresample.swr_init(context), "set up the resampler");
    }

    /** Takes what the resampler still holds. */
    private void flush() {
        if (resampler != null) {
            convert(null, 0);
        }
    }

    /** Appends what comes out of the resampler for one frame. */
    private void convert(@Nullable PointerPointer<?> input, int count) {
        SwrContext context = resampler;
        if (context == null) {
            return;
        }
        int capacity = Ffmpeg.check(swresample.swr_get_out_samples(context, count), "resample the audio");
        if (capacity == 0) {
            return;
        }
        if (converted.capacity() < (long) capacity * channels) {
            converted.close();
            converted = new FloatPointer((long) capacity * channels);
        }
        planes.put(0, converted);
        int produced =
                Ffmpeg.check(swresample.swr_convert(context, planes, capacity, input, count), "resample the audio");
        int values = produced * channels;
        if (samples.length < limit + values) {
            samples = Arrays.copyOf(samples, limit + values);
        }
        converted.position(0).get(samples, limit, values);
        limit += values;
    }

    private void closeResampler() {
        if (resampler != null) {
            swresample.swr_free(resampler);
            resampler = null;
        }
    }

    @Override
    public void close() {
        closeResampler();
        decoder.close();
        converted.close();
        planes.close();
        avutil.av_channel_layout_uninit(layout);
        layout.close();
    }
}
