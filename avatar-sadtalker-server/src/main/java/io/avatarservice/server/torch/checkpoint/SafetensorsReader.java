package io.avatarservice.server.torch.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads <a href="https://huggingface.co/docs/safetensors">safetensors</a>: a JSON header, then the elements. */
final class SafetensorsReader {

    /** The limit of the format's own library. */
    static final long LONGEST_HEADER = 100_000_000;

    private SafetensorsReader() {}

    static Map<String, StoredTensor> read(FileChannel channel) throws IOException {
        long headerLength = headerLength(channel);
        long dataStart = Long.BYTES + headerLength;
        byte[] header = FileBytes.read(channel, Long.BYTES, (int) headerLength);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        SafetensorsHeader.parse(header, channel.size() - dataStart).forEach((name, entry) -> {
            FileRegion region = new FileRegion(channel, dataStart + entry.start(), entry.end() - entry.start());
            tensors.put(name, new StoredTensor(TensorView.contiguous(entry.info()), region));
        });
        return tensors;
    }

    private static long headerLength(FileChannel channel) throws IOException {
        long length = FileBytes.readLong(channel, 0);
        if (length < 0 || length > LONGEST_HEADER) {
            throw new MalformedException("the header claims %s bytes; at most %d are allowed"
                    .formatted(Long.toUnsignedString(length), LONGEST_HEADER));
        }
        if (length > channel.size() - Long.BYTES) {
            throw new MalformedException(
                    "the file is cut short: its header alone takes %d bytes and %d are there; download it again"
                            .formatted(length, channel.size() - Long.BYTES));
        }
        return length;
    }
}
