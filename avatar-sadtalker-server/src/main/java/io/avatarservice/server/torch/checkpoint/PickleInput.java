package io.avatarservice.server.torch.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** The bytes of a pickle. No length in it is believed before that many bytes are seen to be there. */
final class PickleInput {

    /** Pickles describe tensors and do not contain them: those of the largest networks have some megabytes. */
    static final int LONGEST = 1 << 26;

    private static final int LONGEST_LINE = 4096;

    private final ByteBuffer bytes;
    private final String ended;

    /**
     * Reads from a buffer's position on.
     *
     * @param ended what to say where the bytes end too early
     */
    PickleInput(ByteBuffer bytes, String ended) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.ended = ended;
    }

    int position() {
        return bytes.position();
    }

    int unsignedByte() {
        return need(1).get() & 0xFF;
    }

    int unsignedShort() {
        return need(Short.BYTES).getShort() & 0xFFFF;
    }

    int signedInt() {
        return need(Integer.BYTES).getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() {
        return need(Long.BYTES).getLong();
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    byte[] bytes(long length) {
        byte[] taken = new byte[checked(length)];
        bytes.get(taken);
        return taken;
    }

    String text(long length, Charset charset) {
        return new String(bytes(length), charset);
    }

    /** The text up to the next line feed, which is taken but not returned. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw new MalformedException("the pickle has a line of more than %d bytes".formatted(LONGEST_LINE));
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private ByteBuffer need(long length) {
        checked(length);
        return bytes;
    }

    private int checked(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new MalformedException(ended);
        }
        return (int) length;
    }
}
