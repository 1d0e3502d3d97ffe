package io.avatarservice.server.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import io.avatarservice.server.torch.checkpoint.testsupport.PickleWriter;
import io.avatarservice.server.torch.checkpoint.testsupport.PickleWriter.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no checkpoints, and containers that lie about their content. */
class HostileFilesTests {

    @TempDir
    Path folder;

    private void refused(byte[] content, String reason) throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), content);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoints.open(file).close())
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(reason);
    }

    private static byte[] safetensors(long headerLength, String header, int dataLength) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + dataLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(json)
                .array();
    }

    private static byte[] safetensors(String header, int dataLength) {
        return safetensors(header.length(), header, dataLength);
    }

    @Test
    void aFileThatIsNotThere() {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoints.open(folder.resolve("none.pth")))
                .withMessage("there is no file %s", folder.resolve("none.pth"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <!DOCTYPE html><html><body>404</body></html>        | this is a web page
            <html lang="en"><head><title>Sign in</title></head> | this is a web page
            version https://git-lfs.github.com/spec/v1          | this is a Git LFS pointer
            GIF89a and more than eight bytes                    | this is no checkpoint
            PK                                                  | cut short after 2 bytes
            """)
    void filesOfOtherKinds(String content, String reason) throws IOException {
        refused(content.getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void anEmptyFile() throws IOException {
        refused(new byte[0], "the file is empty; download it again");
    }

    @ParameterizedTest
    @CsvSource({"100000001", "4294967296", "9223372036854775807", "-1"})
    void headersThatClaimTooMuch(long length) throws IOException {
        refused(safetensors(length, "{}", 0), "the header claims " + Long.toUnsignedString(length) + " bytes");
    }

    @Test
    void aHeaderThatEndsBehindTheFile() throws IOException {
        refused(safetensors(1000, "{}", 0), "cut short: its header alone takes 1000 bytes");
    }

    @Test
    void aHeaderWhoseLengthBeginsLikeAPickle() throws IOException {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] content = safetensors(header + " ".repeat(128 - header.length()), 4);
        assertThat(content[0]).isEqualTo((byte) 0x80);
        Path file = Files.write(folder.resolve("a.pth"), content);
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.read("a")).containsExactly(0);
        }
    }

    @Test
    void metadataIsAllowed() throws IOException {
        Path file = Files.write(folder.resolve("a"), safetensors("{\"__metadata__\":{\"format\":\"pt\"}}", 0));
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(checkpoint.tensors()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[2,6]}} | tensor b overlaps another
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | tensor b overlaps another
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}                       | bytes before tensor a that belong to none
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}                       | 4 bytes at the end belong to no tensor
            {'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}                      | cut short: its tensors take 16 bytes and 8 are there
            {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}                       | more or fewer bytes than its shape
            {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}   | more or fewer bytes than its shape
            {'a':{'dtype':'F64','shape':[2305843009213693953],'data_offsets':[0,8]}}     | more or fewer bytes than its shape
            {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}                      | negative size
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}                       | ends before it starts
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}                         | lacks one of
            {'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}}                     | no integer
            {'a':{'dtype':'F32','shape':[1e99],'data_offsets':[0,8]}}                    | no integer
            {'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}    | no valid JSON
            {'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}                   | element type F8_E4M3
            {'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8],'x':1}}                  | unknown field x
            {'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]},'a':{}}                 | Duplicate field 'a'
            {'a':7}                                                                      | field a is no object
            {'a':{'dtype':'U8'                                                           | no valid JSON
            {}{}                                                                         | no JSON object
            """)
    void headersThatContradictTheFile(String header, String reason) throws IOException {
        refused(safetensors(header.replace('\'', '"'), 8), reason);
    }

    @Test
    void aHeaderOfDeepNesting() throws IOException {
        refused(safetensors("{\"__metadata__\":{\"a\":" + "[".repeat(100_000), 8), "no valid JSON");
    }

    @Test
    void aBigEndianMachinesFile() throws IOException {
        refused(CheckpointFormat.legacyHead(false), "not little-endian");
    }

    @Test
    void aPickleThatIsNoCheckpoint() throws IOException {
        refused(new PickleWriter().text("hello").finish(), "not written by torch.save");
    }

    @Test
    void aLegacyFileWhoseStorageHasAnotherSize() throws IOException {
        Path file = folder.resolve("source.pth");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(CheckpointFormat.legacyHead(true));
            out.write(oneTensor(4, true));
            out.write(new PickleWriter().raw("]").text("0").raw("a").finish());
            out.write(new byte[] {3, 0, 0, 0, 0, 0, 0, 0});
            out.write(new byte[12]);
        }
        refused(Files.readAllBytes(file), "storage 0 has 3 elements instead of 4");
    }

    private static byte[] oneTensor(long elements, boolean legacy) {
        return new PickleWriter()
                .raw("}")
                .text("a")
                .tensor(new Storage("FloatStorage", "0", elements), 0, List.of(elements), List.of(1L), legacy)
                .raw("s")
                .finish();
    }

    /** Writes entries of the given names in turn, the pickle's content where the name is that of a pickle. */
    private Path zip(long elements, String... names) throws IOException {
        Path file = folder.resolve("model.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith("data.pkl") ? oneTensor(elements, false) : new byte[16]);
            }
        }
        return file;
    }

    private void refusedZip(String reason, Path file) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoints.open(file).close())
                .withMessageContaining(reason);
    }

    @Test
    void archivesOfOtherThings() throws IOException {
        refusedZip("this zip archive is no checkpoint", zip(4, "word/document.xml"));
        refusedZip("this zip archive is no checkpoint", zip(4, "a/data.pkl", "b/data.pkl"));
        refusedZip("this zip archive is no checkpoint", zip(4, "../../data.pkl", "../../data/0"));
        refusedZip("the archive has no entry a/data/0", zip(4, "a/data.pkl", "a/data/1"));
        refusedZip("storage 0 has 16 bytes instead of 20", zip(5, "a/data.pkl", "a/data/0"));
    }

    @Test
    void anArchiveWithTwoEntriesOfOneName() throws IOException {
        byte[] content = Files.readAllBytes(zip(4, "a/data.pkl", "a/data/0", "a/data/X"));
        String text = new String(content, StandardCharsets.ISO_8859_1).replace("a/data/X", "a/data/0");
        refused(text.getBytes(StandardCharsets.ISO_8859_1), "two entries named a/data/0");
    }

    @Test
    void aPickleThatInflatesWithoutEnd() throws IOException {
        Path file = folder.resolve("bomb.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) {
                zip.write(zeros);
            }
        }
        assertThat(file).satisfies(bomb -> assertThat(Files.size(bomb)).isLessThan(1 << 20));
        refusedZip("has more than 67108864 bytes", file);
    }

    @Test
    void aStorageThatInflatesWithoutEnd() throws IOException {
        Path file = folder.resolve("bomb.pth");
        long elements = 24 << 20;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(oneTensor(elements, false));
            zip.putNextEntry(new ZipEntry("a/data/0"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 96; i++) {
                zip.write(zeros);
            }
        }
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> checkpoint.read("a"))
                    .withMessageContaining("takes more memory");
        }
    }
}
