package io.avatarservice.server.storage;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.contrib.nio.testing.LocalStorageHelper;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The SDK's objects over its own in-memory helper, which can neither sign nor serve. */
class GcsMemoryVideoStoreTests extends VideoStoreContractTests {

    private static final VideoFolder FOLDER = new VideoFolder("videos", "avatar-outputs/", true);

    private final Storage storage = LocalStorageHelper.customOptions(false).getService();
    private final VideoStore store = new BucketVideoStore(
            new GcsObjectStore(storage, URI.create("https://storage.googleapis.com"), Clock.systemUTC()),
            FOLDER,
            new SignedLinks(Duration.ofHours(1), Clock.systemUTC()));

    @Override
    VideoStore store() {
        return store;
    }

    @Override
    Optional<byte[]> download(VideoKey video) {
        BlobId id = BlobId.of(FOLDER.bucket(), FOLDER.object(video).key());
        return storage.get(id) == null ? Optional.empty() : Optional.of(storage.readAllBytes(id));
    }
}
