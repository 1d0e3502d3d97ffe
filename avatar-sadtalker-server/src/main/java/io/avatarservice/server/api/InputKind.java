package io.avatarservice.server.api;

import io.avatarservice.server.media.MediaProperties;
import java.util.Locale;
import org.springframework.util.unit.DataSize;

/** The inputs of a render, as the wire names them. */
enum InputKind {
    IMAGE,
    AUDIO,
    DRIVING_VIDEO;

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

    /** For messages. */
    String words() {
        return part().replace('_', ' ');
    }

    /** Most bytes of its content. */
    DataSize limit(MediaProperties limits) {
        return switch (this) {
            case IMAGE -> limits.maxImageBytes();
            case AUDIO -> limits.maxAudioBytes();
            case DRIVING_VIDEO -> limits.maxVideoBytes();
        };
    }
}
