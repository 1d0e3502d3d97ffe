package io.avatarservice.sample.custom;

import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.tck.AvatarProviderContractTests;
import io.avatarservice.spi.tck.ProviderTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

/** The provider keeps the contract; {@link FakeFarm} is the farm. */
class WatchFolderContractTests extends AvatarProviderContractTests {

    private final Path folder;
    private final FakeFarm farm;
    private final GatedExecutor files = new GatedExecutor();

    WatchFolderContractTests(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.farm = new FakeFarm(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        files.close();
        farm.close();
    }

    @Override
    protected AvatarProvider provider() {
        return new WatchFolderAvatarProvider(folder, patience(), Schedulers.fromExecutor(files));
    }

    @Override
    protected AvatarProvider unreachable() {
        return new WatchFolderAvatarProvider(folder.resolve("not-mounted"), patience());
    }

    /** Each job is a folder; each call is a task for the threads that work on files. */
    @Override
    protected ProviderTraffic traffic() {
        try {
            int jobs = farm.jobs().size();
            return new ProviderTraffic(files.tasks(), jobs, jobs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected byte[] video() {
        return FakeFarm.VIDEO.clone();
    }

    @Override
    protected AvatarVideo lostVideo() {
        return AvatarVideo.builder(WatchFolderAvatarProvider.ID, unknownJob(), URI.create("file:///gone.mp4"))
                .build();
    }

    @Override
    protected Set<FailureKind> renderFailures() {
        return Set.of(FailureKind.RENDER_FAILED, FailureKind.FACE_NOT_FOUND, FailureKind.INVALID_REQUEST);
    }

    @Override
    protected void rendersFailWith(FailureKind kind) {
        farm.failWith("message=it did not work\nkind="
                + switch (kind) {
                    case FACE_NOT_FOUND -> "no-face";
                    case INVALID_REQUEST -> "bad-media";
                    default -> "crashed";
                });
    }

    @Override
    protected void rendersNeverEnd() {
        farm.rest();
    }

    /** A folder has no line that could go dead between the job and the answer. */
    @Override
    protected boolean loseTheNextAnswer() {
        return false;
    }

    @Override
    protected AutoCloseable holdAnswers() {
        return files.hold();
    }
}
