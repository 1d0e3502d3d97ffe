package io.avatarservice.server.cli;

import io.avatarservice.server.driver.liveportrait.LivePortraitStages;
import io.avatarservice.server.driver.sadtalker.SadTalkerStages;
import io.avatarservice.server.driver.stage.TensorStages;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.TorchConfiguration;
import io.avatarservice.server.torch.TorchRuntime;
import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.Checkpoints;
import io.avatarservice.server.torch.checkpoint.ElementType;
import io.avatarservice.server.torch.checkpoint.SafetensorsWriter;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import io.avatarservice.server.torch.model.ModelConfiguration;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.network.CheckpointSources;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one stage of an engine on given tensors. */
@Command(
        name = "stage",
        mixinStandardHelpOptions = true,
        description = "Runs one stage of an engine on tensors from a file, to compare its numbers.")
final class StageCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = {
                "SadTalker: mel, detect, landmarks, recon, audio2exp, audio2pose, mapping, keypoints, transform, render"
                        + " or paste.",
                "LivePortrait: lp-appearance, lp-motion, lp-transform, lp-warp, lp-decode, lp-stitch, lp-retarget or"
                        + " lp-crop."
            })
    private String name = "";

    @Option(
            names = "--models",
            required = true,
            paramLabel = "DIR",
            description =
                    "Checkpoints as they lie in a SadTalker checkout, or in LivePortrait's 'pretrained_weights'; only"
                            + " the files that the stage reads are needed.")
    private Path models = Path.of("");

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The inputs, safetensors.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The outputs, safetensors.")
    private Path out = Path.of("");

    @Option(names = "--device", paramLabel = "NAME", description = "auto, cpu, cuda or cuda:N. Default: as configured.")
    private @Nullable String device;

    @Option(names = "--precision", paramLabel = "NAME", description = "auto, f32, f16 or bf16. Default: as configured.")
    private @Nullable String precision;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(in)) {
            throw new ParameterException(spec.commandLine(), "--in: cannot read the file " + in);
        }
        try (ConfigurableApplicationContext context = RenderContext.start(Parts.class, properties());
                TensorStages sadTalker = engine(context, SadTalkerStages::new);
                TensorStages livePortrait = engine(context, LivePortraitStages::new)) {
            TensorStages engine = engineOf(name, List.of(sadTalker, livePortrait));
            write(engine, engine.run(name, read()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), name + ": " + e.getMessage(), e);
        }
        return 0;
    }

    private String[] properties() {
        String directory = models.toAbsolutePath().toString();
        List<String> properties = new ArrayList<>(List.of(
                "--avatar.models.directory=" + directory,
                "--avatar.models.sadtalker-root=" + directory,
                // made-up weights are what numbers are compared with
                "--avatar.models.verify=off"));
        if (device != null) {
            properties.add("--avatar.torch.device=" + device);
        }
        if (precision != null) {
            properties.add("--avatar.torch.precision=" + precision);
        }
        return properties.toArray(String[]::new);
    }

    private static TensorStages engine(ConfigurableApplicationContext context, Engine engine) {
        return engine.stages(
                context.getBean(TorchRuntime.class),
                context.getBean(ProgramLibrary.class),
                context.getBean(ProgramInstaller.class),
                CheckpointSources.published(
                        context.getBean(ModelStore.class), context.getBean(FileFingerprints.class)));
    }

    private TensorStages engineOf(String stage, List<TensorStages> engines) {
        return engines.stream()
                .filter(engine -> engine.names().contains(stage))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no stage '%s'; there are %s".formatted(stage, names(engines))));
    }

    private static String names(List<TensorStages> engines) {
        return engines.stream()
                .flatMap(engine -> engine.names().stream())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Map<String, FloatTensor> read() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        try (Checkpoint file = Checkpoints.open(in)) {
            file.tensors()
                    .forEach((tensor, info) -> tensors.put(tensor, new FloatTensor(file.read(tensor), info.shape())));
        }
        return tensors;
    }

    private void write(TensorStages engine, Map<String, FloatTensor> tensors) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        tensors.forEach((tensor, values) -> {
            if (engine.yieldsBytes(name, tensor)) {
                writer.add(tensor, new TensorInfo(ElementType.U8, values.shape()), buffer -> {
                    for (float value : values.values()) {
                        buffer.put((byte) value);
                    }
                });
            } else {
                writer.add(tensor, values);
            }
        });
        writer.write(out);
    }

    /** Makes the stages of an engine. */
    @FunctionalInterface
    private interface Engine {

        TensorStages stages(
                TorchRuntime runtime,
                ProgramLibrary library,
                ProgramInstaller installer,
                CheckpointSources checkpoints);
    }

    /** What stages are made of. */
    @Configuration(proxyBeanMethods = false)
    @Import({ModelConfiguration.class, TorchConfiguration.class})
    static class Parts {}
}
