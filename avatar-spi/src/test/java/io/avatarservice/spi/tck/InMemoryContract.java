package io.avatarservice.spi.tck;

import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.ProviderCapabilities;
import java.util.Set;

/** The contract, with a farm in memory behind the provider. */
abstract class InMemoryContract extends AvatarProviderContractTests {

    private final InMemoryFarm farm = new InMemoryFarm();
    private final ProviderCapabilities capabilities;

    InMemoryContract(ProviderCapabilities capabilities) {
        this.capabilities = capabilities;
    }

    final InMemoryFarm farm() {
        return farm;
    }

    @Override
    protected AvatarProvider provider() {
        return new InMemoryAvatarProvider(farm, capabilities);
    }

    @Override
    protected AvatarProvider unreachable() {
        return new InMemoryAvatarProvider(null, capabilities);
    }

    @Override
    protected ProviderTraffic traffic() {
        return farm.traffic();
    }

    @Override
    protected byte[] video() {
        return InMemoryAvatarProvider.VIDEO.clone();
    }

    @Override
    protected AvatarVideo lostVideo() {
        return InMemoryAvatarProvider.video(unknownJob());
    }

    @Override
    protected Set<FailureKind> renderFailures() {
        return Set.of(FailureKind.RENDER_FAILED, FailureKind.FACE_NOT_FOUND);
    }

    @Override
    protected void rendersFailWith(FailureKind kind) {
        farm.failWith(kind);
    }

    @Override
    protected void rendersNeverEnd() {
        farm.neverEnd();
    }

    @Override
    protected boolean loseTheNextAnswer() {
        farm.loseTheNextAnswer();
        return true;
    }

    @Override
    protected AutoCloseable holdAnswers() {
        return farm.holdAnswers();
    }
}
