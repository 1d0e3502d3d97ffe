package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Opens checkpoint files. The container is told from the first bytes, never from the file's name. */
public final class Checkpoints {

    private Checkpoints() {}

    /**
     * Opens a checkpoint: safetensors, or what {@code torch.save} writes, as a zip archive or in its older form.
     * Only names, types, shapes and places are read; all of them are checked against the file.
     *
     * @throws CheckpointException naming the file, where it cannot be read, is no checkpoint, is cut short, or contradicts
     *     itself; nothing that a pickle asks for is executed
     */
    public static Checkpoint open(Path file) {
        return open(file, UnknownGlobals.REFUSED);
    }

    /** The same, with a say in what becomes of a pickle's unknown globals. */
    public static Checkpoint open(Path file, UnknownGlobals unknown) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return openSniffed(file, channel, unknown);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (MalformedException e) {
            throw e.in(file.toString());
        } catch (NoSuchFileException e) {
            throw new CheckpointException("there is no file %s".formatted(file), e);
        } catch (IOException e) {
            throw new CheckpointException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Checkpoint openSniffed(Path file, FileChannel channel, UnknownGlobals unknown) throws IOException {
        return switch (Container.of(channel)) {
            case SAFETENSORS -> new FileCheckpoint(file, SafetensorsReader.read(channel), channel.size(), channel);
            case LEGACY_PICKLE ->
                new FileCheckpoint(file, LegacyPickleReader.read(channel, unknown), channel.size(), channel);
            case ZIP_PICKLE -> openZip(file, channel, unknown);
        };
    }

    private static Checkpoint openZip(Path file, FileChannel channel, UnknownGlobals unknown) throws IOException {
        ZipFile zip = zip(file);
        try {
            Map<String, StoredTensor> tensors = ZipPickleReader.read(zip, unknown);
            long size = channel.size();
            channel.close();
            return new FileCheckpoint(file, tensors, size, zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new MalformedException(
                    "the zip archive is cut short or damaged (%s); download it again".formatted(e.getMessage()));
        }
    }
}
