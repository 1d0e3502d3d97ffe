package io.avatarservice.server.torch.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes by their first bytes the files that downloads leave where a checkpoint should be. */
final class FileContent {

    private static final int HEAD = 512;
    private static final byte PICKLE_PROTOCOL = (byte) 0x80;
    private static final byte ONNX_VERSION = 1 << 3;
    private static final byte ONNX_NEXT_FIELD = 2 << 3;
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private FileContent() {}

    /** Why the file cannot be a checkpoint, to follow its name; {@code null} where it may be one. */
    static @Nullable String problem(Path file) throws IOException {
        byte[] head;
        try (InputStream input = Files.newInputStream(file)) {
            head = input.readNBytes(HEAD);
        }
        return problem(head);
    }

    static @Nullable String problem(byte[] head) {
        if (head.length == 0) {
            return "is empty";
        }
        if (startsWith(head, ZIP) || head[0] == PICKLE_PROTOCOL || safetensors(head) || onnx(head)) {
            return null;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs")) {
            return "is a Git LFS pointer, not the file itself; 'git lfs pull' fetches it";
        }
        if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
            return "is a web page, not a checkpoint";
        }
        return "is not a checkpoint";
    }

    /** A header length of 64 bits, little-endian, and the JSON object that it announces. */
    private static boolean safetensors(byte[] head) {
        return head.length > Long.BYTES
                && head[Long.BYTES] == '{'
                && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong() > 0;
    }

    /** The format's version, field 1 of the protocol buffer, and then one of its other fields. */
    private static boolean onnx(byte[] head) {
        return head.length > 3 && head[0] == ONNX_VERSION && head[1] > 0 && head[1] < ' ' && head[2] >= ONNX_NEXT_FIELD;
    }

    private static boolean startsWith(byte[] head, byte[] prefix) {
        return head.length >= prefix.length
                && ByteBuffer.wrap(head, 0, prefix.length).equals(ByteBuffer.wrap(prefix));
    }
}
