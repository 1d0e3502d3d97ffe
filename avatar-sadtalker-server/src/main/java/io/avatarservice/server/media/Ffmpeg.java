package io.avatarservice.server.media;

import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;

/** What every use of the FFmpeg libraries shares. */
final class Ffmpeg {

    static {
        // What goes wrong is reported by exceptions; FFmpeg's own lines would name paths and confuse a progress bar.
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    private Ffmpeg() {}

    /** Returns {@code result} where it is not an error. */
    static int check(int result, String action) {
        if (result < 0) {
            throw new FfmpegException(action, result);
        }
        return result;
    }

    /** An option dictionary from alternating names and values; the caller frees it with {@link #free}. */
    static AVDictionary options(String... namesAndValues) {
        AVDictionary options = new AVDictionary(null);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            avutil.av_dict_set(options, namesAndValues[i], namesAndValues[i + 1], 0);
        }
        return options;
    }

    static void free(AVDictionary options) {
        avutil.av_dict_free(options);
        options.close();
    }
}
