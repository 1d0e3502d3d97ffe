package io.avatarservice.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.jspecify.annotations.Nullable;

/**
 * Writes an MP4, H.264 and AAC, frame by frame: picture and sound are interleaved as they come, so that a video of any
 * length needs the same memory. The file grows under another name next to its place and moves there when it is
 * complete; {@link #close} without {@link #finish} leaves nothing behind. For one thread.
 */
public final class Mp4Encoder implements AutoCloseable {

    private final Path output;
    private final Path part;
    private final AVFormatContext container = new AVFormatContext(null);
    private final VideoEncoder video;
    private final @Nullable AudioEncoder audio;
    private final PacketSink videoSink;
    private final @Nullable PacketSink audioSink;
    private boolean closed;

    /**
     * Opens the file and the encoders.
     *
     * @param output where the finished video goes; an older one is replaced
     * @param track the picture
     * @param sound the soundtrack, {@code null} for none; at its sample rate where AAC has it, with at most two channels. Where
     *     its length differs from the picture's by more than a frame, it is cut or ends in silence
     */
    public Mp4Encoder(Path output, VideoTrack track, @Nullable AudioClip sound) {
        this.output = output;
        this.part = output.resolveSibling(output.getFileName() + ".part");
        VideoEncoder openVideo = null;
        AudioEncoder openAudio = null;
        try {
            // faststart opens the file again by this name, to read it
            Ffmpeg.check(
                    avformat.avformat_alloc_output_context2(container, null, "mp4", url()), "set up the MP4 container");
            boolean globalHeader = (container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
            openVideo = new VideoEncoder(track, globalHeader);
            openAudio = sound == null ? null : new AudioEncoder(sound, globalHeader, track.frameRate());
            video = openVideo;
            audio = openAudio;
            videoSink = addStream(video.context());
            audioSink = openAudio == null ? null : addStream(openAudio.context());
            writeHeader();
        } catch (RuntimeException e) {
            discard(openVideo, openAudio);
            throw e;
        }
    }

    private PacketSink addStream(AVCodecContext encoder) {
        AVStream stream = avformat.avformat_new_stream(container, null);
        if (stream == null) {
            throw new IllegalStateException("cannot add a stream");
        }
        Ffmpeg.check(avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder), "add a stream");
        stream.time_base(encoder.time_base());
        stream.avg_frame_rate(encoder.framerate());
        int index = stream.index();
        AVRational encoderBase = encoder.time_base();
        return packet -> write(packet, index, encoderBase, stream.time_base());
    }

    private void writeHeader() {
        AVIOContext file = new AVIOContext(null);
        Ffmpeg.check(avformat.avio_open(file, url(), avformat.AVIO_FLAG_WRITE), "open the video file");
        container.pb(file);
        container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        AVDictionary options = Ffmpeg.options("movflags", "+faststart");
        try {
            Ffmpeg.check(avformat.avformat_write_header(container, options), "start the video file");
        } finally {
            Ffmpeg.free(options);
        }
    }

    private void write(AVPacket packet, int stream, AVRational from, AVRational to) {
        packet.stream_index(stream);
        avcodec.av_packet_rescale_ts(packet, from, to);
        Ffmpeg.check(avformat.av_interleaved_write_frame(container, packet), "write to the video file");
    }

    /**
     * Appends a frame and the sound that goes with it.
     *
     * @param bgr a direct buffer of {@code height × width × 3} bytes, rows top to bottom without padding, blue, green,
     *     red per pixel; read completely before the call returns
     */
    public void encode(ByteBuffer bgr) {
        video.encode(bgr, videoSink);
        if (audio != null && audioSink != null) {
            audio.encodeUntil(video.seconds(), audioSink);
        }
    }

    /** Writes the rest of the sound, completes the file and moves it to its place. */
    public void finish() throws IOException {
        video.flush(videoSink);
        if (audio != null && audioSink != null) {
            audio.flush(video.seconds(), audioSink);
        }
        Ffmpeg.check(avformat.av_write_trailer(container), "complete the video file");
        Ffmpeg.check(closeFile(), "complete the video file");
        Files.move(part, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            discard(video, audio);
        }
    }

    /** The prefix keeps FFmpeg from reading a protocol into the name. */
    private String url() {
        return "file:" + part.toAbsolutePath();
    }

    private int closeFile() {
        AVIOContext file = container.pb();
        container.pb(null);
        return avformat.avio_closep(file);
    }

    private void discard(@Nullable VideoEncoder openVideo, @Nullable AudioEncoder openAudio) {
        if (openVideo != null) {
            openVideo.close();
        }
        if (openAudio != null) {
            openAudio.close();
        }
        if (!container.isNull()) {
            if (container.pb() != null) {
                closeFile();
            }
            avformat.avformat_free_context(container);
        }
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete an unfinished video", e);
        }
    }
}
