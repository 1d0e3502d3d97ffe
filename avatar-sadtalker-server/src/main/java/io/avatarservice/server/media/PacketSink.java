package io.avatarservice.server.media;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Takes the packets of one encoder; each is only valid during the call. */
@FunctionalInterface
interface PacketSink {
    void write(AVPacket packet);
}
