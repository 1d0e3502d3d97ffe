package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads what {@code torch.save} writes since PyTorch 1.6: a zip archive with the entry {@code ROOT/data.pkl}, a pickle, and one
 * entry {@code ROOT/data/KEY} for each storage. Nothing is extracted, and of a deflated entry no more is inflated than a tensor
 * takes.
 */
final class ZipPickleReader {

    private static final String PICKLE = "/data.pkl";

    private ZipPickleReader() {}

    static Map<String, StoredTensor> read(ZipFile zip, UnknownGlobals unknown) throws IOException {
        String root = root(zip);
        checkByteOrder(zip, root);
        PersistentIds storages = new PersistentIds();
        PickleBudget budget = new PickleBudget();
        Object content = Unpickler.unpickle(pickle(zip, root + PICKLE), storages, unknown, budget);
        Map<String, PickledTensor> tensors = TensorTree.flatten(content, budget);
        Map<String, ByteSource> sources = new LinkedHashMap<>();
        for (StorageReference storage : storages.storages().values()) {
            sources.put(storage.key(), source(zip, root, storage));
        }
        return StoredTensor.join(tensors, sources);
    }

    /** The folder that holds the one pickle. Two entries of the same name would leave open which one counts. */
    private static String root(ZipFile zip) {
        Set<String> names = new HashSet<>();
        zip.stream().map(ZipEntry::getName).forEach(name -> {
            if (!names.add(name)) {
                throw new MalformedException("the archive has two entries named %s".formatted(TensorNames.shown(name)));
            }
        });
        List<String> pickles =
                names.stream().filter(name -> name.endsWith(PICKLE)).toList();
        if (pickles.size() != 1 || pickles.get(0).indexOf('/') != pickles.get(0).lastIndexOf('/')) {
            throw new MalformedException(
                    "this zip archive is no checkpoint: it must have one entry FOLDER%s, and has %d"
                            .formatted(PICKLE, pickles.size()));
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    /** PyTorch 2.1 and later says which byte order it wrote; before, it was that of the machine, in practice little-endian. */
    private static void checkByteOrder(ZipFile zip, String root) throws IOException {
        ZipEntry entry = zip.getEntry(root + "/byteorder");
        if (entry != null && !"little".equals(new String(content(zip, entry, 16), StandardCharsets.US_ASCII))) {
            throw new MalformedException("the elements are not little-endian; save the file on another machine");
        }
    }

    private static PickleInput pickle(ZipFile zip, String name) throws IOException {
        byte[] pickle = content(zip, entry(zip, name), PickleInput.LONGEST);
        return new PickleInput(ByteBuffer.wrap(pickle), "the pickle ends too early; download the file again");
    }

    /** A small entry's bytes, whatever size it claims. */
    private static byte[] content(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new MalformedException(
                        "the entry %s has more than %d bytes".formatted(TensorNames.shown(entry.getName()), most));
            }
            return content;
        }
    }

    private static ByteSource source(ZipFile zip, String root, StorageReference storage) {
        ZipEntry entry = entry(zip, root + "/data/" + storage.key());
        if (entry.getSize() < storage.bytes()) {
            throw new MalformedException("storage %s has %d bytes instead of %d; download the file again"
                    .formatted(TensorNames.shown(storage.key()), entry.getSize(), storage.bytes()));
        }
        return new ZipStorage(zip, entry, storage.bytes());
    }

    private static ZipEntry entry(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new MalformedException("the archive has no entry %s".formatted(TensorNames.shown(name)));
        }
        return entry;
    }
}
