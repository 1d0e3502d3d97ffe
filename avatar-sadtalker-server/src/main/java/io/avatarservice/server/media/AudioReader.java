package io.avatarservice.server.media;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Checks speech recordings. The content decides what a file is, never its name, and the length is counted by decoding,
 * because headers lie. Failures name the field {@code audio}.
 */
public final class AudioReader {

    private static final String FIELD = "audio";

    /** Whose sound it is that comes with pictures. */
    private static final String VIDEO_FIELD = "driving_video";

    /** More than 7.1 sound has no default layout to mix down from. */
    private static final int MAX_CHANNELS = 8;

    private final MediaProperties properties;

    public AudioReader(MediaProperties properties) {
        this.properties = properties;
    }

    /**
     * Decodes the file once, as a stream, and says what it is.
     *
     * @throws ProblemException {@code UNSUPPORTED_MEDIA} or {@code PAYLOAD_TOO_LARGE}
     */
    public AudioClip open(Path file) {
        AudioFormat format = format(file);
        try (AudioDecoder decoder = new AudioDecoder(file, format.demuxer())) {
            return measure(file, format.demuxer(), decoder)
                    .orElseThrow(() -> problem(ProblemCode.UNSUPPORTED_MEDIA, "the audio has a length of zero", null));
        } catch (NoAudioStreamException e) {
            throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the audio file has no audio stream", e);
        } catch (FfmpegException e) {
            throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the audio is damaged or not in a supported format", e);
        }
    }

    /**
     * Decodes the sound of a video once, as a stream, and says what it is; absent where the video is silent. Failures name the
     * field {@code driving_video}.
     *
     * @param video of a kind that {@link VideoReader} reads
     * @throws ProblemException {@code UNSUPPORTED_MEDIA} or {@code PAYLOAD_TOO_LARGE}
     */
    public Optional<AudioClip> openIfPresent(Path video) {
        try {
            VideoContainer container = VideoContainer.sniff(video);
            if (container == null) {
                return Optional.empty();
            }
            try (AudioDecoder decoder = new AudioDecoder(video, container.demuxer())) {
                return measure(video, container.demuxer(), decoder);
            }
        } catch (NoAudioStreamException e) {
            return Optional.empty();
        } catch (FfmpegException e) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    VIDEO_FIELD,
                    "the sound of the driving video is damaged or not in a supported format",
                    e);
        } catch (ProblemException e) {
            throw e.withField(VIDEO_FIELD);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the video", e);
        }
    }

    private AudioFormat format(Path file) {
        try {
            long bytes = Files.size(file);
            long limit = properties.maxAudioBytes().toBytes();
            if (bytes == 0) {
                throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the audio is empty", null);
            }
            if (bytes > limit) {
                throw problem(
                        ProblemCode.PAYLOAD_TOO_LARGE,
                        String.format(Locale.ROOT, "the audio has %,d bytes, the limit is %,d", bytes, limit),
                        null);
            }
            AudioFormat format = AudioFormat.sniff(file);
            if (format == null) {
                throw problem(
                        ProblemCode.UNSUPPORTED_MEDIA,
                        "the audio is not in a supported format (" + AudioFormat.NAMES + ")",
                        null);
            }
            return format;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the audio", e);
        }
    }

    /** Absent where there is not a single sample, and nothing damaged either. */
    private Optional<AudioClip> measure(Path file, String demuxer, AudioDecoder decoder) {
        Duration limit = properties.maxAudioDuration();
        int sampleRate = 0;
        int channels = 0;
        long samples = 0;
        for (AVFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
            if (sampleRate == 0) {
                sampleRate = frame.sample_rate();
                channels = frame.ch_layout().nb_channels();
            }
            if (frame.ch_layout().nb_channels() > MAX_CHANNELS) {
                throw problem(
                        ProblemCode.UNSUPPORTED_MEDIA,
                        "the audio has %d channels, the limit is %d"
                                .formatted(frame.ch_layout().nb_channels(), MAX_CHANNELS),
                        null);
            }
            // at the rate of the beginning, should it change on the way
            samples += avutil.av_rescale(frame.nb_samples(), sampleRate, frame.sample_rate());
            if (samples * 1000 > limit.toMillis() * sampleRate) {
                throw problem(
                        ProblemCode.PAYLOAD_TOO_LARGE,
                        "the audio is longer than the limit of %s seconds".formatted(seconds(limit)),
                        null);
            }
        }
        if (sampleRate == 0 && !decoder.sawDamage()) {
            return Optional.empty();
        }
        if (sampleRate == 0 || decoder.mostlyDamaged()) {
            throw problem(ProblemCode.UNSUPPORTED_MEDIA, "the audio is damaged", null);
        }
        return Optional.of(new AudioClip(file, demuxer, sampleRate, channels, samples));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? Long.toString(duration.toSeconds())
                : Double.toString(duration.toMillis() / 1000.0);
    }

    private static ProblemException problem(ProblemCode code, String message, @Nullable Throwable cause) {
        return new ProblemException(code, FIELD, message, cause);
    }
}
