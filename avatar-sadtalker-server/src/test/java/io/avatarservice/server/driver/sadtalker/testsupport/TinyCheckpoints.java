package io.avatarservice.server.driver.sadtalker.testsupport;

import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.ElementType;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.checkpoint.testsupport.TestTensor;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelCatalog;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Checkpoint files of networks with few channels and made-up weights: official names, dictionaries and extra content, 8 MB
 * in all for SadTalker.
 */
public final class TinyCheckpoints {

    private static final String PROGRAMS = "io/avatarservice/server/torch/programs-tiny/";
    private static final String LANDMARKS = "/io/avatarservice/server/driver/liveportrait/landmark.onnx";
    private static final ModelCatalog CATALOG = ModelCatalog.official();

    private final Path root;
    private final CheckpointFormat format;
    private final ProgramLibrary library = library();

    /**
     * @param root the directory that becomes like a SadTalker checkout
     * @param format of every file, whatever its name says
     */
    public TinyCheckpoints(Path root, CheckpointFormat format) {
        this.root = root;
        this.format = format;
    }

    /** The programs that fit the files. */
    public static ProgramLibrary library() {
        return ProgramLibrary.load(PROGRAMS);
    }

    /** Writes the files of all models of SadTalker. */
    public TinyCheckpoints write() {
        for (Model model : Model.forSadTalker()) {
            write(model);
        }
        return this;
    }

    /** Writes the files of all models of LivePortrait; the landmarks are of a made-up face. */
    public TinyCheckpoints writeLivePortrait() {
        for (Model model : Model.forLivePortrait()) {
            if (model == Model.LIVEPORTRAIT_LANDMARKS) {
                copyLandmarks(file(model));
            } else {
                write(model);
            }
        }
        return this;
    }

    private static void copyLandmarks(Path file) {
        try (InputStream landmarks = TinyCheckpoints.class.getResourceAsStream(LANDMARKS)) {
            Files.createDirectories(file.getParent());
            Files.copy(Objects.requireNonNull(landmarks), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the file of one model. */
    public void write(Model model) {
        write(model, UnaryOperator.identity());
    }

    /** Writes the file of one model without some of its tensors. */
    public void writeWithout(Model model, Predicate<String> name) {
        write(
                model,
                tensors -> tensors.stream()
                        .filter(tensor -> !name.test(tensor.name()))
                        .toList());
    }

    /** Writes the file of one model with another shape of one tensor. */
    public void writeMisshaped(Model model, String name, Long... shape) {
        write(
                model,
                tensors -> tensors.stream()
                        .map(tensor -> tensor.name().equals(name) ? zeros(tensor.path(), shape) : tensor)
                        .toList());
    }

    /** Writes the file of one model with zeros for some of its tensors. */
    public void writeZeroed(Model model, Predicate<String> name) {
        write(
                model,
                tensors -> tensors.stream()
                        .map(tensor -> name.test(tensor.name())
                                ? zeros(tensor.path(), tensor.info().shape().toArray(Long[]::new))
                                : tensor)
                        .toList());
    }

    /** Writes the file of one model with some of its tensors multiplied. */
    public void writeMultiplied(Model model, Predicate<String> name, float factor) {
        write(
                model,
                tensors -> tensors.stream()
                        .map(tensor -> name.test(tensor.name())
                                ? new TestTensor(tensor.path(), tensor.info(), () -> multiplied(tensor, factor))
                                : tensor)
                        .toList());
    }

    private static float[] multiplied(TestTensor tensor, float factor) {
        float[] values = tensor.values().get().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }

    /** Where the file of a model lies. */
    public Path file(Model model) {
        return CATALOG.file(model).below(root);
    }

    private void write(Model model, UnaryOperator<List<TestTensor>> change) {
        Path file = file(model);
        try {
            Files.createDirectories(file.getParent());
            format.write(file, change.apply(tensors(model)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<TestTensor> tensors(Model model) {
        List<TestTensor> tensors = new ArrayList<>();
        try (Checkpoint weights = library.randomCheckpoint(model.checkpoint())) {
            weights.tensors()
                    .forEach((name, info) ->
                            tensors.add(new TestTensor(path(model, name), info, () -> weights.read(name))));
        }
        tensors.addAll(
                switch (model) {
                    case SADTALKER_256, SADTALKER_512 ->
                        List.of(
                                zeros(List.of("audio2pose.netG.encoder.MLP.L0.weight"), 4L, 4L),
                                zeros(List.of("audio2pose.netD_motion.pre_net.weight"), 3L, 3L));
                    case MAPPING_70, MAPPING_73 ->
                        List.of(
                                zeros(List.of("optimizer", "state", "0", "exp_avg"), 64L, 2L),
                                zeros(List.of("optimizer", "state", "0", "exp_avg_sq"), 64L, 2L),
                                zeros(List.of("epoch")));
                    case FAN -> List.of(zeros(List.of("optimizer", "state", "0", "square_avg"), 8L));
                    default -> List.<TestTensor>of();
                });
        return tensors;
    }

    /** The dictionary keys of a tensor in the official file. */
    private static List<String> path(Model model, String name) {
        return switch (model) {
            case SADTALKER_256, SADTALKER_512 -> List.of(name);
            case RETINAFACE -> List.of("module." + name);
            case MAPPING_70, MAPPING_73, FAN -> List.of(name.split("\\.", 2));
            case LIVEPORTRAIT_APPEARANCE, LIVEPORTRAIT_MOTION, LIVEPORTRAIT_WARPING, LIVEPORTRAIT_GENERATOR ->
                List.of(name);
            case LIVEPORTRAIT_RETARGETING -> {
                int dot = name.indexOf('.');
                yield List.of(name.substring(0, dot), "module" + name.substring(dot));
            }
            case LIVEPORTRAIT_LANDMARKS -> throw new IllegalArgumentException("no program is made from " + model);
        };
    }

    private static TestTensor zeros(List<String> path, Long... shape) {
        int elements = (int) new TensorInfo(ElementType.F32, List.of(shape)).elements();
        return TestTensor.of(path, List.of(shape), new float[elements]);
    }
}
