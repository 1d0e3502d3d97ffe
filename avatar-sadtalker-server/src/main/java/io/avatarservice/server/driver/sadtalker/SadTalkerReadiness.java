package io.avatarservice.server.driver.sadtalker;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelFile;
import io.avatarservice.server.torch.model.ModelStore;
import java.util.List;

/** Tells which renders the checkpoints at hand allow. Cheap: it is asked with every request. */
final class SadTalkerReadiness {

    private static final int SMALL = 256;
    private static final int LARGE = 512;

    private final ModelStore store;
    private final TorchRuntime runtime;

    SadTalkerReadiness(ModelStore store, TorchRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /** The size of renders that name none: 256 unless only the other one's checkpoint is there. */
    int defaultSize() {
        boolean onlyLarge = store.find(Model.SADTALKER_256).isEmpty()
                && store.find(Model.SADTALKER_512).isPresent();
        return onlyLarge ? LARGE : SMALL;
    }

    /** The files without which the driver's defaults cannot be rendered, by name. */
    List<String> missing() {
        return names(store.missing(Model.forSize(defaultSize())));
    }

    /**
     * Refuses a render whose checkpoints are missing.
     *
     * @throws ProblemException {@code DRIVER_NOT_READY} with the files' names
     */
    void require(SadTalkerOptions options) {
        List<ModelFile> missing = store.missing(
                Model.forRender(options.size(), options.preprocess().pastedBack()));
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.DRIVER_NOT_READY,
                    "driver",
                    "the driver 'sadtalker' is not ready for size %d, missing: %s; %s"
                            .formatted(options.size(), String.join(", ", names(missing)), remedy(options.size())));
        }
    }

    /** How to get the files of one size, as the end of a sentence. */
    static String remedy(int size) {
        return "'models download --size %d' fetches them".formatted(size);
    }

    /** The device in use, or the one that is asked for where PyTorch has not been needed yet. */
    String device() {
        return runtime.deviceName();
    }

    private static List<String> names(List<ModelFile> files) {
        return files.stream().map(ModelFile::name).toList();
    }
}
