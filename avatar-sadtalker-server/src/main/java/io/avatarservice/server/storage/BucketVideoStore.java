package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Videos as objects of one bucket, downloaded from there by their addresses, which are signed or public. */
final class BucketVideoStore implements VideoStore {

    private static final Logger log = LoggerFactory.getLogger(BucketVideoStore.class);
    private static final String CONTENT_TYPE = "video/mp4";

    private final ObjectStore objects;
    private final VideoFolder folder;
    private final SignedLinks links;

    BucketVideoStore(ObjectStore objects, VideoFolder folder, SignedLinks links) {
        this.objects = objects;
        this.folder = folder;
        this.links = links;
    }

    @Override
    public StoredVideo put(VideoKey key, Path file) {
        StoredVideo video = new StoredVideo(key, CONTENT_TYPE, size(file));
        try {
            objects.put(folder.object(key), file, CONTENT_TYPE);
        } catch (ObjectStoreException e) {
            log.error("The video {} could not be stored in {}: {}", key.value(), location(), e.getMessage());
            removeRemains(key);
            throw unavailable("the video could not be stored: the bucket cannot be reached or refuses it");
        }
        return video;
    }

    @Override
    public VideoLink link(VideoKey key) {
        return signing(key, () -> links.get(key, this::sign));
    }

    @Override
    public VideoLink freshLink(VideoKey key) {
        return signing(key, () -> links.renew(key, this::sign));
    }

    @Override
    public String location() {
        return objects.scheme() + "://" + folder.bucket() + "/" + folder.prefix();
    }

    @Override
    public void delete(VideoKey key) {
        links.forget(key);
        try {
            objects.delete(folder.object(key));
        } catch (ObjectStoreException e) {
            throw unavailable("the video " + key.value() + " could not be deleted: " + e.getMessage());
        }
    }

    private VideoLink sign(VideoKey key, Duration lifetime) {
        return folder.publicRead()
                ? new VideoLink(objects.plainUrl(folder.object(key)), null)
                : objects.sign(folder.object(key), lifetime);
    }

    /** An upload whose answer was lost may have arrived all the same. An interrupt that ended it does not end this. */
    private void removeRemains(VideoKey key) {
        boolean interrupted = Thread.interrupted();
        try {
            objects.delete(folder.object(key));
        } catch (ObjectStoreException e) {
            log.warn("Whether {} has remains of the video {} is unknown: {}", location(), key.value(), e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private VideoLink signing(VideoKey key, Supplier<VideoLink> work) {
        try {
            return work.get();
        } catch (ObjectStoreException e) {
            log.error("The address of the video {} could not be signed: {}", key.value(), e.getMessage());
            throw unavailable("the address of the video could not be signed");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.STORAGE_UNAVAILABLE, null, "the finished video cannot be read", e);
        }
    }

    private static ProblemException unavailable(String message) {
        return new ProblemException(ProblemCode.STORAGE_UNAVAILABLE, message);
    }
}
