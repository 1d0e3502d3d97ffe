package io.avatarservice.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The video containers that are read; each has the one FFmpeg demuxer to which decoding is pinned. */
enum VideoContainer {
    MP4("mov") {
        @Override
        boolean matches(byte[] head) {
            return text(head, 4, "ftyp") || text(head, 4, "moov") || text(head, 4, "mdat") || text(head, 4, "wide");
        }
    },
    MATROSKA("matroska") {
        @Override
        boolean matches(byte[] head) {
            return head.length >= 4
                    && head[0] == 0x1a
                    && head[1] == 0x45
                    && head[2] == (byte) 0xdf
                    && head[3] == (byte) 0xa3;
        }
    },
    AVI("avi") {
        @Override
        boolean matches(byte[] head) {
            return text(head, 0, "RIFF") && text(head, 8, "AVI ");
        }
    };

    /** For messages. */
    static final String NAMES = "MP4, MOV, WebM, Matroska, AVI";

    private static final int HEAD_BYTES = 12;

    private final String demuxer;

    VideoContainer(String demuxer) {
        this.demuxer = demuxer;
    }

    abstract boolean matches(byte[] head);

    String demuxer() {
        return demuxer;
    }

    /** The container that the content of a file shows, whatever its name; {@code null} for any other. */
    static @Nullable VideoContainer sniff(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            for (VideoContainer container : values()) {
                if (container.matches(head)) {
                    return container;
                }
            }
            return null;
        }
    }

    private static boolean text(byte[] head, int offset, String expected) {
        return head.length >= offset + expected.length()
                && new String(head, offset, expected.length(), StandardCharsets.ISO_8859_1).equals(expected);
    }
}
