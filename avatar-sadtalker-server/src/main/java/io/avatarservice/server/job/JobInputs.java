package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderFiles;
import io.avatarservice.server.media.MediaFetcher;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.ObjectReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Finds the inputs of a job, and downloads those that are given by address. */
final class JobInputs {

    private static final String IMAGE = "image";
    private static final String AUDIO = "audio";
    private static final String DRIVING_VIDEO = "driving_video";

    private final MediaFetcher fetcher;
    private final ObjectReader objects;
    private final MediaProperties limits;

    JobInputs(MediaFetcher fetcher, ObjectReader objects, MediaProperties limits) {
        this.fetcher = fetcher;
        this.objects = objects;
        this.limits = limits;
    }

    /** Downloads go to {@code directory}. */
    RenderFiles fetch(JobSpec spec, Path directory, RunningJob running) {
        Path image = file(directory, spec.image(), IMAGE, limits.maxImageBytes(), running);
        JobInput speech = spec.audio();
        Path audio = speech == null ? null : file(directory, speech, AUDIO, limits.maxAudioBytes(), running);
        JobInput driving = spec.drivingVideo();
        Path drivingVideo =
                driving == null ? null : file(directory, driving, DRIVING_VIDEO, limits.maxVideoBytes(), running);
        Map<String, Path> videos = new LinkedHashMap<>();
        spec.videos().forEach((name, input) -> {
            videos.put(name, file(directory, input, name, limits.maxVideoBytes(), running));
        });
        return new RenderFiles(image, audio, drivingVideo, videos);
    }

    /** The rooms below say {@code image} and {@code audio}; the client may have said {@code image_url}. */
    ProblemException inWireNames(ProblemException problem, JobSpec spec) {
        String field = problem.field();
        JobInput input = field == null ? null : input(field, spec);
        return input == null ? problem : problem.withField(input.field());
    }

    private static @Nullable JobInput input(String field, JobSpec spec) {
        return switch (field) {
            case IMAGE -> spec.image();
            case AUDIO -> spec.audio();
            case DRIVING_VIDEO -> spec.drivingVideo();
            default -> null;
        };
    }

    private Path file(Path directory, JobInput input, String name, DataSize limit, RunningJob running) {
        if (input instanceof JobInput.Uploaded uploaded) {
            return existing(uploaded);
        }
        JobInput.Remote remote = (JobInput.Remote) input;
        Path target = directory.resolve(name + ".fetched");
        return running.interruptibly(() -> fetch(remote, target, limit.toBytes()));
    }

    private Path fetch(JobInput.Remote remote, Path target, long limit) {
        if (ObjectReader.reads(remote.url().getScheme())) {
            objects.read(remote.url(), target, limit, remote.field());
        } else {
            fetcher.fetch(remote.url().toString(), target, limit, remote.field());
        }
        return target;
    }

    private static Path existing(JobInput.Uploaded input) {
        if (!Files.exists(input.file())) {
            throw new ProblemException(
                    ProblemCode.STORAGE_UNAVAILABLE,
                    "the upload is not in this server's work directory; servers on one database must share it");
        }
        return input.file();
    }
}
