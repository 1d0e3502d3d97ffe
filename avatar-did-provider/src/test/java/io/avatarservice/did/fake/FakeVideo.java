package io.avatarservice.did.fake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A file that begins as every MP4 does, and then says whose it is. Nobody can watch it. */
final class FakeVideo {

    private FakeVideo() {}

    static byte[] of(String talkId) {
        byte[] content = talkId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(24 + 8 + content.length)
                .putInt(24)
                .put(ascii("ftypisom"))
                .putInt(512)
                .put(ascii("isommp42"))
                .putInt(8 + content.length)
                .put(ascii("mdat"))
                .put(content)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
