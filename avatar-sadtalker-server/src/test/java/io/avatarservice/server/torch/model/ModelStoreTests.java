package io.avatarservice.server.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.torch.program.FileFingerprints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class ModelStoreTests {

    private final ModelCatalog catalog = TestModels.catalog("http://localhost/");
    private final AtomicLong now = new AtomicLong();

    @TempDir
    Path directory;

    @TempDir
    Path root;

    @TempDir
    Path cache;

    @Test
    void namesTheFilesThatAreMissingOfThoseARenderNeeds() {
        TestModels.install(Model.SADTALKER_256, directory);
        TestModels.install(Model.FAN, directory);

        assertThat(store(Map.of()).missing(Model.forRender(256, false)))
                .extracting(ModelFile::name)
                .containsExactly("mapping_70.safetensors", "retinaface.safetensors");
    }

    @Test
    void prefersTheSadTalkerCheckoutToTheDirectory() {
        Path own = TestModels.install(Model.FAN, directory);
        ModelStore store = store(Map.of("avatar.models.sadtalker-root", root.toString()));
        assertThat(store.find(Model.FAN)).contains(own);

        Path theirs = TestModels.install(Model.FAN, root);
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(store.find(Model.FAN)).contains(theirs);
    }

    @Test
    void takesAFileOfLivePortraitsRePackedAsSafetensors() throws IOException {
        ModelStore official = new ModelStore(
                ModelCatalog.official(),
                TestModels.properties(directory, Map.of()),
                new FileFingerprints(directory.resolve("cache")));
        Path path = directory.resolve("liveportrait/base_models/warping_module.safetensors");
        Files.createDirectories(path.getParent());
        Files.write(path, TestModels.content(Model.LIVEPORTRAIT_WARPING));

        assertThat(official.require(Model.LIVEPORTRAIT_WARPING)).isEqualTo(path);
        assertThat(official.inspect(official.file(Model.LIVEPORTRAIT_WARPING)).detail())
                .isEqualTo("is not the published file but warping_module.pth re-packed");
    }

    @Test
    void doesNotLookForLivePortraitInTheSadTalkerCheckout() {
        TestModels.install(Model.LIVEPORTRAIT_MOTION, root);
        ModelStore store = store(Map.of("avatar.models.sadtalker-root", root.toString()));

        assertThat(store.find(Model.LIVEPORTRAIT_MOTION)).isEmpty();
    }

    @Test
    void looksAtTheDiskOnceASecond() {
        ModelStore store = store(Map.of());
        assertThat(store.find(Model.FAN)).isEmpty();
        Path path = TestModels.install(Model.FAN, directory);

        now.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(store.find(Model.FAN)).isEmpty();
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(store.find(Model.FAN)).contains(path);
    }

    @Test
    void saysWhereAMissingFileWasLookedFor() {
        ModelStore store = store(Map.of("avatar.models.sadtalker-root", root.toString()));

        assertRefused(store)
                .withMessageContaining("fan.safetensors is missing")
                .withMessageContaining(root.resolve("gfpgan/weights") + " or " + directory.resolve("gfpgan/weights"))
                .withMessageContaining("models download");
    }

    @Test
    void refusesWhatIsNoCheckpoint() {
        TestModels.install(Model.FAN, directory, "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII));

        assertRefused(store(Map.of())).withMessageContaining("fan.safetensors is a web page, not a checkpoint");
        assertThat(store(Map.of()).inspect(catalog.file(Model.FAN)).state()).isEqualTo(ModelState.DAMAGED);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void warnsOnceOfAFileThatIsNotThePublishedOne(CapturedOutput output) {
        Path path = TestModels.install(Model.FAN, directory, fineTuned());
        ModelStore store = store(Map.of());

        assertThat(store.require(Model.FAN)).isEqualTo(path);
        assertThat(store.require(Model.FAN)).isEqualTo(path);

        assertThat(output.getAll().split("is not the published file", -1)).hasSize(2);
    }

    @Test
    void refusesAFileThatIsNotThePublishedOneInStrictMode() {
        TestModels.install(Model.FAN, directory, fineTuned());

        assertRefused(store(Map.of("avatar.models.verify", "strict")))
                .withMessageContaining("its SHA-256 is")
                .withMessageContaining("avatar.models.verify=strict");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void comparesNothingWhenToldSo(CapturedOutput output) {
        Path path = TestModels.install(Model.FAN, directory, fineTuned());

        assertThat(store(Map.of("avatar.models.verify", "off")).require(Model.FAN))
                .isEqualTo(path);
        assertThat(output).doesNotContain("is not the published file");
    }

    @Test
    void takesThePublishedFile() {
        Path path = TestModels.install(Model.FAN, directory);
        ModelStore store = store(Map.of("avatar.models.verify", "strict"));

        assertThat(store.require(Model.FAN)).isEqualTo(path);
        assertThat(store.verify(catalog.file(Model.FAN), bytes -> {}).state()).isEqualTo(ModelState.OFFICIAL);
    }

    @Test
    void seesByItsSizeThatAFileMayBeCutOff() {
        byte[] content = TestModels.content(Model.FAN);
        TestModels.install(Model.FAN, directory, Arrays.copyOf(content, 50_000));

        ModelStatus status = store(Map.of()).inspect(catalog.file(Model.FAN));

        assertThat(status.state()).isEqualTo(ModelState.UNOFFICIAL);
        assertThat(status.detail()).contains("only a part of it", "50,000 bytes, not 100,010");
    }

    @Test
    void hashesAFileAgainOnlyWhenItHasChanged() throws IOException {
        Path path = TestModels.install(Model.FAN, directory);
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(path, time);
        ModelStore store = store(Map.of());
        ModelFile file = catalog.file(Model.FAN);
        assertThat(store.verify(file, bytes -> {}).state()).isEqualTo(ModelState.OFFICIAL);

        Files.write(path, fineTuned());
        Files.setLastModifiedTime(path, time);
        assertThat(store.verify(file, bytes -> {}).state()).isEqualTo(ModelState.OFFICIAL);

        Files.setLastModifiedTime(path, FileTime.fromMillis(2_000_000));
        assertThat(store.verify(file, bytes -> {}).state()).isEqualTo(ModelState.UNOFFICIAL);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void warnsOfARootThatIsNotThere(CapturedOutput output) {
        store(Map.of("avatar.models.sadtalker-root", root.resolve("nowhere").toString()));

        assertThat(output).contains("avatar.models.sadtalker-root is not a directory");
    }

    private ModelStore store(Map<String, String> properties) {
        return new ModelStore(
                catalog, TestModels.properties(directory, properties), new FileFingerprints(cache), now::get);
    }

    private static ThrowableAssertAlternative<ModelException> assertRefused(ModelStore store) {
        return assertThatExceptionOfType(ModelException.class).isThrownBy(() -> store.require(Model.FAN));
    }

    /** A checkpoint of the same size with one other weight. */
    private static byte[] fineTuned() {
        byte[] content = TestModels.content(Model.FAN);
        content[content.length - 1]++;
        return content;
    }
}
