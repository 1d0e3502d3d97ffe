package io.avatarservice.server.media;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The image formats that portraits come in. */
enum ImageFormat {
    JPEG,
    PNG,
    WEBP;

    /** The formats in words, for messages. */
    static final String NAMES = "JPEG, PNG or WebP";

    /** The format that the content, at least one byte, shows; {@code null} where it is none of these. */
    static @Nullable ImageFormat sniff(byte[] content) {
        try {
            FileType type = FileTypeDetector.detectFileType(new BufferedInputStream(new ByteArrayInputStream(content)));
            return switch (type) {
                case Jpeg -> JPEG;
                case Png -> PNG;
                case WebP -> WEBP;
                default -> null;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Walks the container from its first to its last byte.
     *
     * @throws DamagedImageException when it ends early, contradicts itself or holds more than one picture
     */
    ImageHeader inspect(byte[] content) throws DamagedImageException {
        return switch (this) {
            case JPEG -> JpegContainer.inspect(content);
            case PNG -> PngContainer.inspect(content);
            case WEBP -> WebpContainer.inspect(content);
        };
    }
}
