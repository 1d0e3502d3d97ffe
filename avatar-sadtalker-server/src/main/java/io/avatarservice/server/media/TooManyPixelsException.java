package io.avatarservice.server.media;

import java.io.Serial;
import org.bytedeco.ffmpeg.global.avutil;

/** The pictures of a video are larger than what is accepted. */
public final class TooManyPixelsException extends FfmpegException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int width;
    private final int height;

    TooManyPixelsException(int width, int height) {
        super("decode pictures of %dx%d".formatted(width, height), avutil.AVERROR_INVALIDDATA());
        this.width = width;
        this.height = height;
    }

    /** As stored, pixels. */
    public int width() {
        return width;
    }

    /** As stored, pixels. */
    public int height() {
        return height;
    }
}
