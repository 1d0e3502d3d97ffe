package io.avatarservice.server.torch.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.checkpoint.Checkpoint;
import io.avatarservice.server.torch.checkpoint.CheckpointException;
import io.avatarservice.server.torch.checkpoint.TensorInfo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramInstallerTests {

    private static final ProgramLibrary LIBRARY = ProgramLibrary.load("io/avatarservice/server/torch/programs-tiny/");
    private static final Program MAPPING = LIBRARY.program("mapping-70");

    @TempDir
    Path cache;

    @Test
    void anArchiveHoldsTheProgramAndTheCheckpointsTensors() throws IOException {
        Path installed = install(random());

        try (ZipFile archive = new ZipFile(installed.toFile());
                Checkpoint checkpoint = LIBRARY.randomCheckpoint("mapping-70")) {
            assertThat(archive.stream().map(ZipEntry::getName)).contains("program/data.pkl", "program/version");
            ZipEntry storage = archive.getEntry("program/data/0");
            assertThat(storage.getMethod()).isEqualTo(ZipEntry.STORED);
            float[] values = checkpoint.read("mapping.first.0.weight");
            ByteBuffer bytes = ByteBuffer.wrap(archive.getInputStream(storage).readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] stored = new float[bytes.remaining() / 4];
            bytes.asFloatBuffer().get(stored);
            assertThat(stored).containsExactly(values);
        }
    }

    @Test
    void anInstalledProgramIsUsedAsItIs() throws IOException {
        Path installed = install(random());
        byte[] first = Files.readAllBytes(installed);

        Path again = install(new CheckpointSource() {
            @Override
            public String fingerprint() {
                return random().fingerprint();
            }

            @Override
            public Checkpoint open() {
                throw new AssertionError("opened again");
            }
        });

        assertThat(again).isEqualTo(installed).hasBinaryContent(first);
    }

    @Test
    void anotherCheckpointIsAnotherArchive() {
        Path installed = install(random());

        assertThat(install(source("tuned", UnaryOperator.identity())))
                .isNotEqualTo(installed)
                .exists();
    }

    @Test
    void aProgramWithoutHalfPrecisionIsInstalledInSingle() {
        Path installed =
                new ProgramInstaller(cache).install(MAPPING, Precision.BFLOAT16, random(), InstallListener.none());

        assertThat(installed).isEqualTo(install(random()));
        assertThat(installed.getFileName().toString()).startsWith("mapping-70.f32.");
    }

    @Test
    void aDamagedArchiveIsWrittenAgain() throws IOException {
        Path installed = install(random());
        byte[] whole = Files.readAllBytes(installed);
        try (RandomAccessFile file = new RandomAccessFile(installed.toFile(), "rw")) {
            file.setLength(whole.length / 2);
        }

        assertThat(install(random())).hasBinaryContent(whole);
    }

    @Test
    void whatAKilledInstallationLeftIsRemoved() throws IOException {
        Files.writeString(cache.resolve("fan.f32.0123456789abcdef.pt.part"), "half a file");

        Path installed = install(random());

        assertThat(files())
                .containsExactlyInAnyOrder(".lock", installed.getFileName().toString());
    }

    @Test
    void aCheckpointThatFailsMidwayLeavesNothing() {
        CheckpointSource damaged = source("damaged", name -> {
            if (name.endsWith("fc_exp.weight")) {
                throw new CheckpointException("model.pth, tensor fc_exp.weight: cut short");
            }
            return name;
        });

        assertThatThrownBy(() -> install(damaged))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("cut short");
        assertThat(files()).containsExactly(".lock");
    }

    @Test
    void aFullDiskIsToldBeforeAnythingIsWritten() {
        ProgramInstaller installer = new ProgramInstaller(cache, directory -> 2000);

        assertThatThrownBy(() -> installer.install(MAPPING, Precision.FLOAT32, random(), InstallListener.none()))
                .isInstanceOf(InstallationException.class)
                .hasMessageMatching("the program mapping-70 needs \\d+ MB in .*, where 0 MB are free");
        assertThat(files()).containsExactly(".lock");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "");
        ProgramInstaller installer = new ProgramInstaller(file);

        assertThatThrownBy(() -> installer.install(MAPPING, Precision.FLOAT32, random(), InstallListener.none()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aProgramWithWeightsNeedsACheckpoint() {
        assertThatThrownBy(() -> new ProgramInstaller(cache).install(MAPPING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the program mapping-70 needs the checkpoint mapping-70");
    }

    @Test
    void theListenerHearsEachStepToTheEnd() {
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();

        new ProgramInstaller(cache).install(MAPPING, Precision.FLOAT32, random(), (program, bytes, total) -> {
            assertThat(program).isEqualTo("mapping-70");
            done.add(bytes);
            totals.add(total);
        });

        assertThat(done).startsWith(0L).isSorted().endsWith(totals.get(0));
        assertThat(totals).hasSize(MAPPING.entries().size() + 1).containsOnly(totals.get(0));
    }

    @Test
    void installersAtOnceOpenTheCheckpointOnce() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        CheckpointSource counted = new CheckpointSource() {
            @Override
            public String fingerprint() {
                return "counted";
            }

            @Override
            public Checkpoint open() {
                opened.incrementAndGet();
                return LIBRARY.randomCheckpoint("mapping-70");
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> installs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                installs.add(threads.submit(() -> install(counted)));
            }
            Path first = installs.get(0).get();
            for (Future<Path> install : installs) {
                assertThat(install.get()).isEqualTo(first).exists();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(opened).hasValue(1);
    }

    private Path install(CheckpointSource source) {
        return new ProgramInstaller(cache).install(MAPPING, Precision.FLOAT32, source, InstallListener.none());
    }

    private static CheckpointSource random() {
        return CheckpointSource.random(LIBRARY, "mapping-70");
    }

    /** The random checkpoint under another fingerprint, each name passed through {@code reading} when it is read. */
    private static CheckpointSource source(String fingerprint, UnaryOperator<String> reading) {
        Checkpoint random = LIBRARY.randomCheckpoint("mapping-70");
        return new CheckpointSource() {
            @Override
            public String fingerprint() {
                return fingerprint;
            }

            @Override
            public Checkpoint open() {
                return new Checkpoint() {
                    @Override
                    public String source() {
                        return fingerprint;
                    }

                    @Override
                    public Map<String, TensorInfo> tensors() {
                        return random.tensors();
                    }

                    @Override
                    public float[] read(String name) {
                        return random.read(reading.apply(name));
                    }

                    @Override
                    public void close() {
                        random.close();
                    }
                };
            }
        };
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
