package io.avatarservice.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a key. One fast round and no salt is right for keys, and for keys only: they are long and random, so that
 * nobody can try them all.
 */
public final class KeyHash {

    private static final int BYTES = 32;

    private final byte[] digest;

    private KeyHash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of a key. */
    public static KeyHash of(String key) {
        try {
            return new KeyHash(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException where the text is anything else; its message does not contain the text
     */
    static KeyHash parse(String hex) {
        String digits = hex.strip();
        if (!digits.matches("[0-9a-fA-F]{" + 2 * BYTES + "}")) {
            throw new IllegalArgumentException("not " + 2 * BYTES + " hexadecimal digits");
        }
        return new KeyHash(HexFormat.of().parseHex(digits));
    }

    /** Compares in constant time. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }

    /** 64 hexadecimal digits, in lower case. */
    public String hex() {
        return HexFormat.of().formatHex(digest);
    }

    /** Hides the hash, too: what need not be known is not printed. */
    @Override
    public String toString() {
        return "KeyHash";
    }
}
