package io.avatarservice.sample.custom;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.MediaSource;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/** What the farm is told of a request: the media as files, everything else as properties. */
final class JobFile {

    private JobFile() {}

    /**
     * Puts the media into a directory.
     *
     * @return the properties that go with them
     * @throws AvatarException if a medium cannot be read
     */
    static Properties write(AvatarRequest request, Path directory) throws IOException {
        Properties job = new Properties();
        add("portrait", request.portrait(), directory, job);
        if (request.speech() != null) {
            add("speech", request.speech(), directory, job);
        }
        if (request.drivingVideo() != null) {
            add("driving_video", request.drivingVideo(), directory, job);
        }
        if (request.driver() != null) {
            job.setProperty("driver", request.driver());
        }
        request.options().forEach((name, value) -> job.setProperty("option." + name, value.toString()));
        return job;
    }

    private static void add(String name, MediaSource medium, Path directory, Properties job) throws IOException {
        Path target = directory.resolve(name);
        if (medium instanceof MediaSource.File file) {
            if (!Files.isRegularFile(file.path()) || !Files.isReadable(file.path())) {
                throw AvatarException.builder(FailureKind.INVALID_REQUEST, name + " is not a readable file")
                        .provider(WatchFolderAvatarProvider.ID)
                        .fieldErrors(List.of(new FieldError(name, "is not a readable file")))
                        .build();
            }
            Files.copy(file.path(), target);
        } else if (medium instanceof MediaSource.Bytes bytes) {
            try (WritableByteChannel out =
                    Files.newByteChannel(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(bytes.content());
            }
        }
        job.setProperty(name, name);
    }
}
