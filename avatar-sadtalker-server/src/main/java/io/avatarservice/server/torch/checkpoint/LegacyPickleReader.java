package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code torch.save} wrote before PyTorch 1.6: five pickles - a magic number, a protocol number, the machine's byte
 * order, the content, the keys of the storages - and then each storage, as a count and its elements.
 */
final class LegacyPickleReader {

    /** {@code torch.serialization.MAGIC_NUMBER}. */
    private static final BigInteger MAGIC_NUMBER = new BigInteger("1950a86a20f9469cfc6c", 16);

    /** {@code torch.serialization.PROTOCOL_VERSION}, the only one there was. */
    private static final Long PROTOCOL_VERSION = 1001L;

    private final FileChannel channel;
    private final UnknownGlobals unknown;
    private final PersistentIds storages = new PersistentIds();
    private final PickleBudget budget = new PickleBudget();
    private final PickleInput input;

    private LegacyPickleReader(FileChannel channel, UnknownGlobals unknown) throws IOException {
        this.channel = channel;
        this.unknown = unknown;
        long length = Math.min(channel.size(), PickleInput.LONGEST);
        String ended = length < channel.size()
                ? "its pickles take more than %d bytes".formatted(length)
                : "the file is cut short within its pickles; download it again";
        this.input = new PickleInput(channel.map(FileChannel.MapMode.READ_ONLY, 0, length), ended);
    }

    static Map<String, StoredTensor> read(FileChannel channel, UnknownGlobals unknown) throws IOException {
        return new LegacyPickleReader(channel, unknown).read();
    }

    private Map<String, StoredTensor> read() throws IOException {
        if (!MAGIC_NUMBER.equals(next()) || !PROTOCOL_VERSION.equals(next())) {
            throw new MalformedException("this pickle was not written by torch.save");
        }
        if (!Boolean.TRUE.equals(PickleValues.dictionary(next()).get("little_endian"))) {
            throw new MalformedException("the elements are not little-endian; save the file on another machine");
        }
        Map<String, PickledTensor> tensors = TensorTree.flatten(next(), budget);
        List<Object> keys = PickleValues.list(next());
        return StoredTensor.join(tensors, sources(keys));
    }

    private Object next() {
        return Unpickler.unpickle(input, storages, unknown, budget);
    }

    /** Walks over the storages from count to count, without reading their elements. */
    private Map<String, ByteSource> sources(List<Object> keys) throws IOException {
        Map<String, ByteSource> sources = new LinkedHashMap<>();
        long position = input.position();
        for (Object item : keys) {
            String key = PickleValues.text(item);
            StorageReference storage = storages.storages().get(key);
            if (storage == null) {
                throw new MalformedException(
                        "nothing says of what type storage %s is".formatted(TensorNames.shown(key)));
            }
            long count = FileBytes.readLong(channel, position);
            if (count != storage.elements()) {
                throw new MalformedException("storage %s has %d elements instead of %d"
                        .formatted(TensorNames.shown(key), count, storage.elements()));
            }
            position += Long.BYTES;
            if (storage.bytes() > channel.size() - position) {
                throw new MalformedException(
                        "the file is cut short: storage %s takes %d bytes and %d are there; download it again"
                                .formatted(TensorNames.shown(key), storage.bytes(), channel.size() - position));
            }
            sources.put(key, new FileRegion(channel, position, storage.bytes()));
            position += storage.bytes();
        }
        return sources;
    }
}
