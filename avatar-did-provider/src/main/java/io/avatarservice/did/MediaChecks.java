package io.avatarservice.did;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import java.nio.ByteBuffer;
import java.util.List;

/** D-ID's limits, applied before anything is sent. Nothing is converted: that is up to the caller. */
final class MediaChecks {

    private static final int MIN_SIDE = 160;
    private static final long MAX_PIXELS = 10L * 1024 * 1024;

    private MediaChecks() {}

    /**
     * Checks a medium that is to be uploaded.
     *
     * @param size of the whole, in bytes
     * @param head its first bytes
     * @return what it is
     * @throws AvatarException if D-ID would refuse it
     */
    static MediaFormat check(MediaRole role, long size, ByteBuffer head) {
        if (size == 0) {
            throw refused(role, "is empty");
        }
        if (size > role.maxBytes()) {
            throw refused(role, "has more than the " + role.maxMegabytes() + " MB that D-ID takes as an upload");
        }
        MediaFormat format = MediaFormat.of(head);
        if (format == null || !role.takes(format)) {
            throw refused(role, "is not " + role.formatNames());
        }
        ImageSize picture = ImageSize.of(format, head);
        if (picture != null) {
            check(role, picture);
        }
        return format;
    }

    private static void check(MediaRole role, ImageSize picture) {
        String found = "has " + picture.width() + " x " + picture.height() + " pixels; ";
        if (picture.shorterSide() < MIN_SIDE) {
            throw refused(role, found + "D-ID takes " + MIN_SIDE + " or more on the shorter side");
        }
        if (picture.pixels() > MAX_PIXELS) {
            throw refused(role, found + "D-ID takes " + MAX_PIXELS + " at most");
        }
    }

    /** The failure of a request whose medium cannot be used. */
    static AvatarException refused(MediaRole role, String why) {
        return AvatarException.builder(FailureKind.INVALID_REQUEST, role.field() + ": " + why)
                .provider(DidAvatarProvider.ID)
                .fieldErrors(List.of(new FieldError(role.field(), why)))
                .build();
    }
}
