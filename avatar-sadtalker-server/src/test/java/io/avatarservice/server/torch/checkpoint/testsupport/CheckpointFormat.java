package io.avatarservice.server.torch.checkpoint.testsupport;

import io.avatarservice.server.torch.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The containers of checkpoints. The files of all three load in PyTorch and in the safetensors library. */
public enum CheckpointFormat {
    SAFETENSORS {
        @Override
        public void write(Path file, List<TestTensor> tensors) throws IOException {
            SafetensorsWriter writer = new SafetensorsWriter();
            tensors.forEach(tensor -> writer.add(tensor.name(), tensor.info(), buffer -> buffer.put(tensor.bytes())));
            writer.write(file);
        }
    },

    ZIP_PICKLE {
        @Override
        public void write(Path file, List<TestTensor> tensors) throws IOException {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                store(
                        zip,
                        "archive/data.pkl",
                        new PickleWriter().dictionaries(tensors, false).finish());
                for (int i = 0; i < tensors.size(); i++) {
                    store(zip, "archive/data/" + i, tensors.get(i).bytes());
                }
                store(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    },

    LEGACY_PICKLE {
        @Override
        public void write(Path file, List<TestTensor> tensors) throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(legacyHead(true));
                out.write(new PickleWriter().dictionaries(tensors, true).finish());
                PickleWriter keys = new PickleWriter().raw("](");
                for (int i = 0; i < tensors.size(); i++) {
                    keys.text(Integer.toString(i));
                }
                out.write(keys.operation('e').finish());
                for (TestTensor tensor : tensors) {
                    out.write(littleEndian(tensor.info().elements()));
                    out.write(tensor.bytes());
                }
            }
        }
    };

    /** Writes tensors to a file, replacing it. Those of one dictionary must follow each other. */
    public abstract void write(Path file, List<TestTensor> tensors) throws IOException;

    /** The three pickles before the content of a legacy file. */
    public static byte[] legacyHead(boolean littleEndian) {
        byte[] magic = new PickleWriter()
                .integer(new BigInteger("1950a86a20f9469cfc6c", 16))
                .finish();
        byte[] protocol = new PickleWriter().integer(1001).finish();
        byte[] machine = new PickleWriter()
                .operation('}')
                .text("protocol_version")
                .integer(1001)
                .operation('s')
                .text("little_endian")
                .operations(littleEndian ? 0x88 : 0x89, 's')
                .finish();
        return ByteBuffer.allocate(magic.length + protocol.length + machine.length)
                .put(magic)
                .put(protocol)
                .put(machine)
                .array();
    }

    /** Adds an entry that is not deflated. */
    public static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
