package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.checkpoint.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The complete TorchScript archive of a program in one precision: the program's entries, then its storages, unpacked. */
final class ProgramArchive {

    private final Program program;
    private final Precision precision;

    ProgramArchive(Program program, Precision precision) {
        this.program = program;
        this.precision = precision;
    }

    String name() {
        return program.name();
    }

    /** The size of the weights and, about, of the rest. */
    long bytes() {
        return storageBytes() + program.archive(precision).length;
    }

    /** Whether a file is this archive, whole: it has a directory, and every storage in it has its size. */
    boolean isCompleteIn(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, byte[]> code = programEntries();
            String root = root(code);
            boolean storages = program.entries().entrySet().stream()
                    .allMatch(entry -> hasSize(
                            zip.getEntry(root + entry.getKey()),
                            entry.getValue().bytes(precision)));
            return storages
                    && code.entrySet().stream()
                            .allMatch(entry -> hasSize(zip.getEntry(entry.getKey()), entry.getValue().length));
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes it, with one tensor in memory at a time. */
    void write(@Nullable CheckpointSource source, OutputStream output, InstallListener listener) throws IOException {
        // Not closed here: the caller still has to sync the file.
        ZipOutputStream zip = new ZipOutputStream(output);
        Map<String, byte[]> code = programEntries();
        for (Map.Entry<String, byte[]> entry : code.entrySet()) {
            zip.putNextEntry(dated(entry.getKey()));
            zip.write(entry.getValue());
            zip.closeEntry();
        }
        if (source != null) {
            try (Checkpoint checkpoint = source.open()) {
                writeStorages(zip, root(code), checkpoint, listener);
            }
        }
        zip.finish();
    }

    private void writeStorages(ZipOutputStream zip, String root, Checkpoint checkpoint, InstallListener listener)
            throws IOException {
        CheckpointTensors tensors =
                new CheckpointTensors(checkpoint, program.layout().resolve(checkpoint));
        long total = storageBytes();
        long done = 0;
        listener.progress(program.name(), done, total);
        for (Map.Entry<String, StorageEntry> entry : program.entries().entrySet()) {
            byte[] bytes = storage(entry.getKey(), entry.getValue(), tensors);
            writeStored(zip, root + entry.getKey(), bytes);
            done += bytes.length;
            listener.progress(program.name(), done, total);
        }
    }

    private byte[] storage(String name, StorageEntry entry, TensorSource tensors) {
        try {
            Weights weights = entry.weight().evaluate(tensors);
            if (!weights.shape().equals(entry.shape())) {
                throw new IllegalArgumentException("%s instead of %s".formatted(weights.shape(), entry.shape()));
            }
            return ElementEncoding.of(entry.precisionIn(precision)).encode(weights);
        } catch (IllegalArgumentException e) {
            // The checkpoint was checked before, so this is a mistake in the manifest.
            throw new IllegalStateException(
                    "the program %s, storage %s: %s".formatted(program.name(), name, e.getMessage()), e);
        }
    }

    private static void writeStored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = dated(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private long storageBytes() {
        return program.entries().values().stream()
                .mapToLong(entry -> entry.bytes(precision))
                .sum();
    }

    private Map<String, byte[]> programEntries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(program.archive(precision)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    // libtorch wants all entries below one folder, of any name.
    private String root(Map<String, byte[]> code) throws IOException {
        String first = code.keySet().stream()
                .findFirst()
                .orElseThrow(() -> new IOException("the program " + program.name() + " is empty"));
        return first.substring(0, first.indexOf('/') + 1);
    }

    private static boolean hasSize(@Nullable ZipEntry entry, long bytes) {
        return entry != null && entry.getSize() == bytes;
    }

    // The same content gives the same file.
    private static ZipEntry dated(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }
}
