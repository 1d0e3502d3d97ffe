package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The kinds of files that hold checkpoints, told by their first bytes. */
enum Container {
    SAFETENSORS,
    ZIP_PICKLE,
    LEGACY_PICKLE;

    private static final int HEAD = 512;
    private static final int ZIP_LOCAL_HEADER = 0x04034B50;
    private static final int PICKLE_PROTOCOL = 0x80;

    static Container of(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            throw new MalformedException("the file is empty; download it again");
        }
        byte[] start = FileBytes.read(channel, 0, (int) Math.min(HEAD, channel.size()));
        ByteBuffer head = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (isSafetensors(head)) {
            return SAFETENSORS;
        }
        if (head.remaining() >= Integer.BYTES && head.getInt(0) == ZIP_LOCAL_HEADER) {
            return ZIP_PICKLE;
        }
        if ((head.get(0) & 0xFF) == PICKLE_PROTOCOL) {
            return LEGACY_PICKLE;
        }
        if (head.remaining() > Long.BYTES && head.get(Long.BYTES) == '{') {
            return SAFETENSORS; // with a length that its reader refuses
        }
        throw new MalformedException(otherwise(head));
    }

    /**
     * A header's length, then its opening brace. This comes first, because a length may well begin like a pickle; no pickle or
     * zip archive of PyTorch has zeros and a brace in these places.
     */
    private static boolean isSafetensors(ByteBuffer head) {
        return head.remaining() > Long.BYTES && head.get(Long.BYTES) == '{' && head.getInt(Integer.BYTES) == 0;
    }

    private static String otherwise(ByteBuffer head) {
        String text = new String(head.array(), 0, head.limit(), StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("version https://git-lfs")) {
            return "this is a Git LFS pointer, not the file that it stands for; fetch it with git lfs, or download it again";
        }
        String lower = text.toLowerCase(Locale.ROOT).replace("\u00EF\u00BB\u00BF", "");
        if (lower.startsWith("<!doctype") || lower.startsWith("<html") || lower.startsWith("<?xml")) {
            return "this is a web page, not a checkpoint; download the file again";
        }
        if (head.limit() <= Long.BYTES) {
            return "the file is cut short after %d bytes; download it again".formatted(head.limit());
        }
        return "this is no checkpoint: neither safetensors nor a file of torch.save; download it again";
    }
}
