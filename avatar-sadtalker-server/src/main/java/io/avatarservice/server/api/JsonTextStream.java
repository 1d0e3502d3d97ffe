package io.avatarservice.server.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The ASCII text of one JSON string, unescaped, read straight from the document: tens of megabytes of Base64 never become
 * a string in memory.
 */
final class JsonTextStream extends InputStream {

    private final InputStream json;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private boolean ended;

    /**
     * @param quote offset of the string's opening quote
     */
    JsonTextStream(JsonBody body, long quote) throws IOException {
        this.json = body.open();
        json.skipNBytes(quote + 1);
    }

    @Override
    public int read() throws IOException {
        if (ended) {
            return -1;
        }
        int c = required();
        if (c == '"') {
            ended = true;
            return -1;
        }
        return c == '\\' ? escaped() : c;
    }

    /** Copies what needs no unescaping at once. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int first = read();
        if (first < 0) {
            return -1;
        }
        target[offset] = (byte) first;
        int count = plain(length - 1);
        System.arraycopy(buffer, position, target, offset + 1, count);
        position += count;
        return count + 1;
    }

    /** Number of characters in the buffer, up to {@code most}, that stand for themselves. */
    private int plain(int most) {
        byte[] characters = buffer;
        int end = Math.min(limit, position + most);
        int i = position;
        while (i < end && characters[i] != '"' && characters[i] != '\\') {
            i++;
        }
        return i - position;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private int escaped() throws IOException {
        int c = required();
        return switch (c) {
            case 'b', 'f', 'n', 'r', 't' -> ' ';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private int unicode() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(required(), 16);
            if (digit < 0) {
                throw new IOException("malformed escape");
            }
            value = value * 16 + digit;
        }
        if (value > 0x7f) {
            throw new IOException("not an ASCII character");
        }
        return value;
    }

    private int required() throws IOException {
        if (position == limit) {
            limit = json.read(buffer);
            position = 0;
            if (limit < 0) {
                limit = 0;
                throw new EOFException("the string does not end");
            }
        }
        return buffer[position++] & 0xff;
    }
}
