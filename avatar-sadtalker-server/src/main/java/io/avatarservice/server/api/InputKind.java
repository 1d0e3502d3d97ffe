package io.avatarservice.server.api;

import java.util.Locale;

/** The two inputs of a render, as the wire names them. */
enum InputKind {
    IMAGE,
    AUDIO;

    /** The multipart part with the file. */
    String part() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field with the address. */
    String url() {
        return part() + "_url";
    }

    /** The field with the content in Base64. */
    String base64() {
        return part() + "_b64";
    }
}
