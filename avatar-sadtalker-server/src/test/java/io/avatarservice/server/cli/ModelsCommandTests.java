package io.avatarservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.model.Model;
import io.avatarservice.server.torch.model.ModelDownloader;
import io.avatarservice.server.torch.model.ModelInstaller;
import io.avatarservice.server.torch.model.ModelProperties;
import io.avatarservice.server.torch.model.ModelStore;
import io.avatarservice.server.torch.model.TestModels;
import io.avatarservice.server.torch.program.FileFingerprints;
import io.avatarservice.server.torch.program.ProgramInstaller;
import io.avatarservice.server.torch.program.ProgramLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> properties = new HashMap<>();

    @TempDir
    Path directory;

    @TempDir
    Path published;

    @TempDir
    Path cache;

    @Test
    void listsEveryFileWithItsState() {
        Path path = TestModels.install(Model.FAN, directory);
        TestModels.install(Model.RETINAFACE, directory, "<html>".getBytes(StandardCharsets.US_ASCII));

        assertThat(run("list")).isZero();

        assertThat(out.toString().lines().toList())
                .anyMatch(line -> line.matches("sadtalker_256\\.safetensors +100\\.0 kB +missing +for tests"))
                .anyMatch(line -> line.startsWith("fan.safetensors") && line.endsWith("present     " + path))
                .anyMatch(line -> line.startsWith("retinaface.safetensors") && line.contains("damaged"))
                .anyMatch(line -> line.strip().equals("is a web page, not a checkpoint"));
    }

    @Test
    void downloadsWhatOneSizeNeeds() {
        publish();

        assertThat(run("download", "--size", "256")).isZero();

        assertThat(directory.resolve("checkpoints/sadtalker_256.safetensors")).exists();
        assertThat(directory.resolve("gfpgan/weights/fan.safetensors")).exists();
        assertThat(directory.resolve("checkpoints/sadtalker_512.safetensors")).doesNotExist();
        assertThat(out.toString().lines()).hasSize(5).allMatch(line -> line.contains("official"));
        assertThat(err.toString()).contains("sadtalker_256.safetensors from file:");
    }

    @Test
    void downloadsOnlyWhatIsMissing() {
        publish();
        run("download");
        err.getBuffer().setLength(0);

        assertThat(run("download")).isZero();

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainsADownloadThatFails() {
        assertThat(run("download")).isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "error: sadtalker_256.safetensors could not be downloaded", "there is no such file", "by hand")
                .doesNotContain("\tat ");
    }

    @Test
    void neverWritesIntoASadTalkerCheckout(@TempDir Path root) {
        publish();
        properties.put("avatar.models.sadtalker-root", root.toString());
        TestModels.install(Model.SADTALKER_256, root, "<html>".getBytes(StandardCharsets.US_ASCII));

        assertThat(run("download")).isEqualTo(1);

        assertThat(err.toString()).contains("is a web page", "a SadTalker checkout is never written");
    }

    @Test
    void verifiesFilesThatAreThePublishedOnes() {
        publish();
        run("download");

        assertThat(run("verify")).isZero();
        assertThat(run("verify", "--size", "all")).isEqualTo(1);
        assertThat(out.toString()).contains("official", "missing");
    }

    @Test
    void verificationFailsForAFileThatIsNotThePublishedOne() {
        publish();
        run("download");
        byte[] content = TestModels.content(Model.FAN);
        content[content.length - 1]++;
        TestModels.install(Model.FAN, directory, content);

        assertThat(run("verify")).isEqualTo(1);
        assertThat(out.toString()).contains("unofficial", "its SHA-256 is");
    }

    @Test
    void installationNamesTheFileThatIsMissing() {
        assertThat(run("install", "--precision", "f32")).isEqualTo(1);

        assertThat(err.toString()).contains("error: sadtalker_256.safetensors is missing", "models download");
    }

    @Test
    void refusesAnUnknownSize() {
        assertThat(run("download", "--size", "1024")).isEqualTo(2);

        assertThat(err.toString()).contains("--size", "expected 256, 512 or all, not '1024'");
    }

    @Test
    void downloadsWhatLivePortraitNeeds() {
        publish();

        assertThat(run("download", "--driver", "liveportrait")).isZero();

        assertThat(directory.resolve("liveportrait/liveportrait_warping.safetensors"))
                .exists();
        assertThat(directory.resolve("checkpoints")).doesNotExist();
        assertThat(out.toString().lines()).hasSize(6).allMatch(line -> line.contains("official"));
    }

    @Test
    void refusesADriverWithoutFiles() {
        assertThat(run("verify", "--driver", "preview")).isEqualTo(2);

        assertThat(err.toString()).contains("--driver: expected sadtalker or liveportrait, not 'preview'");
    }

    @Test
    void refusesAnUnknownPrecision() {
        assertThat(run("install", "--precision", "f8")).isEqualTo(2);

        assertThat(err.toString()).contains("expected f32, f16 or bf16, not 'f8'");
    }

    @Test
    void needsASubcommand() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).contains("list", "download", "verify", "install");
    }

    @Test
    void readsTheConfiguredProperties() {
        int code = AvatarCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("models", "list", "--directory", directory.toString());

        assertThat(code).isZero();
        assertThat(out.toString()).contains("SadTalker_V0.0.2_256.safetensors", "725.1 MB", "missing");
    }

    private int run(String... arguments) {
        CommandLine commandLine = AvatarCommand.commandLine(new Factory(new ModelsCommand(this::open)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        String[] all = new String[arguments.length + 1];
        all[0] = "models";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return commandLine.execute(all);
    }

    private ModelTools open(@Nullable Path other) {
        ModelProperties bound = TestModels.properties(directory, properties);
        FileFingerprints fingerprints = new FileFingerprints(cache);
        ModelStore store = new ModelStore(TestModels.catalog(published.toUri().toString()), bound, fingerprints);
        return new ModelTools(
                store,
                new ModelDownloader(bound),
                new ModelInstaller(ProgramLibrary.load(), store, new ProgramInstaller(cache), fingerprints),
                () -> Precision.FLOAT32);
    }

    /** Makes every file available to downloads. */
    private void publish() {
        for (Model model : Model.values()) {
            try {
                Files.write(published.resolve(TestModels.name(model)), TestModels.content(model));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Factory(ModelsCommand models) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == ModelsCommand.class
                    ? type.cast(models)
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
