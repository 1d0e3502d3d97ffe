package io.avatarservice.server.media;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** A call into FFmpeg that failed; says what was tried and FFmpeg's reason. */
public sealed class FfmpegException extends RuntimeException permits NoVideoStreamException, TooManyPixelsException {

    @Serial
    private static final long serialVersionUID = 1L;

    FfmpegException(String action, int error) {
        super("cannot " + action + ": " + describe(error));
    }

    private static String describe(int error) {
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
