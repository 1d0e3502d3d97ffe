package io.avatarservice.server.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The audio containers that speech comes in, each with the FFmpeg demuxer that reads it. */
enum AudioFormat {
    WAV("wav"),
    MP3("mp3"),
    AAC("aac"),
    M4A("mov"),
    FLAC("flac"),
    OGG("ogg");

    /** The formats in words, for messages. */
    static final String NAMES = "WAV, MP3, M4A/AAC, FLAC or OGG";

    private static final int HEAD_BYTES = 12;
    private static final int ID3_HEADER_BYTES = 10;

    private final String demuxer;

    AudioFormat(String demuxer) {
        this.demuxer = demuxer;
    }

    String demuxer() {
        return demuxer;
    }

    /** The format that the first bytes show, or {@code null} where it is none of these. */
    static @Nullable AudioFormat sniff(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            byte[] head = head(channel, 0);
            boolean tagged = is(head, 0, "ID3");
            if (tagged) {
                head = head(channel, ID3_HEADER_BYTES + id3Length(head));
            }
            AudioFormat format = fromMagic(head);
            // A tag may be followed by padding that the demuxer skips; only MP3 files come with one.
            return format == null && tagged ? MP3 : format;
        }
    }

    private static @Nullable AudioFormat fromMagic(byte[] head) {
        if ((is(head, 0, "RIFF") || is(head, 0, "RF64")) && is(head, 8, "WAVE")) {
            return WAV;
        } else if (is(head, 0, "fLaC")) {
            return FLAC;
        } else if (is(head, 0, "OggS")) {
            return OGG;
        } else if (is(head, 4, "ftyp")) {
            return M4A;
        } else if (head[0] == (byte) 0xFF && (head[1] & 0xF6) == 0xF0) {
            return AAC; // sync word, layer 0
        } else if (head[0] == (byte) 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x06) == 0x02) {
            return MP3; // sync word, layer III
        }
        return null;
    }

    private static byte[] head(FileChannel channel, long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        while (head.hasRemaining() && channel.read(head, position + head.position()) >= 0) {
            // until the buffer or the file ends
        }
        return head.array();
    }

    /** Length of an ID3v2 tag after its header (ID3v2.4, 3.1): four bytes of seven bits, and a footer by flag. */
    private static int id3Length(byte[] head) {
        int length = (head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | (head[9] & 0x7F);
        boolean footer = (head[5] & 0x10) != 0;
        return footer ? length + ID3_HEADER_BYTES : length;
    }

    private static boolean is(byte[] head, int offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < expected.length; i++) {
            if (head[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
