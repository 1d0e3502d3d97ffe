package io.avatarservice.server.api;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.springframework.util.unit.DataSize;

/** Decodes the Base64 text of a JSON field into a file, as a stream. */
final class Base64Field {

    private static final byte[] DATA_URI = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final String BASE64_MARK = ";base64";
    private static final int LONGEST_DATA_URI_HEADER = 256;
    private static final int BLOCK = 1 << 16;

    private final String field;
    private final DataSize limit;

    /**
     * @param field the wire name, for messages
     * @param limit most bytes after decoding
     */
    Base64Field(String field, DataSize limit) {
        this.field = field;
        this.limit = limit;
    }

    /**
     * Decodes standard Base64, with or without padding, line breaks and the prefix of a data URI.
     *
     * @throws ProblemException {@code INVALID_REQUEST} or {@code PAYLOAD_TOO_LARGE}
     * @throws IOException where the target cannot be written
     */
    void decode(InputStream text, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            PushbackInputStream source = new PushbackInputStream(new VisibleCharacters(text), DATA_URI.length);
            skipDataUriHeader(source);
            long total = 0;
            boolean padded = false;
            for (byte[] block = block(source); block.length > 0; block = block(source)) {
                byte[] bytes = decoded(block, padded);
                padded = block[block.length - 1] == '=';
                total += bytes.length;
                if (total > limit.toBytes()) {
                    throw Limits.exceeded(field, limit);
                }
                out.write(bytes);
            }
        }
    }

    /** Characters that belong together; a whole number of groups of four, but at the end. */
    private byte[] block(InputStream text) {
        try {
            return text.readNBytes(BLOCK);
        } catch (IOException e) {
            throw notBase64(e);
        }
    }

    /** @param ended whether there was padding before, after which nothing follows */
    private byte[] decoded(byte[] block, boolean ended) {
        try {
            if (ended) {
                throw new IllegalArgumentException("characters after the padding");
            }
            return Base64.getDecoder().decode(block);
        } catch (IllegalArgumentException e) {
            throw notBase64(e);
        }
    }

    private ProblemException notBase64(Exception cause) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                field,
                field + " is not valid Base64 (RFC 4648, standard alphabet)",
                cause);
    }

    private void skipDataUriHeader(PushbackInputStream source) throws IOException {
        byte[] start = source.readNBytes(DATA_URI.length);
        if (!new String(start, StandardCharsets.US_ASCII).equalsIgnoreCase("data:")) {
            source.unread(start);
            return;
        }
        StringBuilder header = new StringBuilder();
        for (int c = source.read(); c != ','; c = source.read()) {
            if (c < 0 || header.length() == LONGEST_DATA_URI_HEADER) {
                throw notBase64Uri();
            }
            header.append((char) c);
        }
        if (!header.toString().toLowerCase(Locale.ROOT).endsWith(BASE64_MARK)) {
            throw notBase64Uri();
        }
    }

    private ProblemException notBase64Uri() {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST, field, field + " is a data URI, but not one with ';base64,'");
    }

    /** The text without line breaks and other white space. */
    private static final class VisibleCharacters extends FilterInputStream {

        VisibleCharacters(InputStream text) {
            super(text);
        }

        @Override
        public int read() throws IOException {
            int c = in.read();
            while (c >= 0 && c <= ' ') {
                c = in.read();
            }
            return c;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int visible = 0;
            while (visible == 0) {
                int count = in.read(buffer, offset, length);
                if (count <= 0) {
                    return count;
                }
                for (int i = offset; i < offset + count; i++) {
                    if ((buffer[i] & 0xff) > ' ') {
                        buffer[offset + visible++] = buffer[i];
                    }
                }
            }
            return visible;
        }
    }
}
