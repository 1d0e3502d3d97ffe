package io.avatarservice.server.media;

import java.io.Serial;
import org.bytedeco.ffmpeg.global.avutil;

/** A file of a known container without moving pictures in it; the cover of a song is none. */
public final class NoVideoStreamException extends FfmpegException {

    @Serial
    private static final long serialVersionUID = 1L;

    NoVideoStreamException() {
        super("find the pictures of the video", avutil.AVERROR_STREAM_NOT_FOUND());
    }
}
