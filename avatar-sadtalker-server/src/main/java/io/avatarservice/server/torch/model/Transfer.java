package io.avatarservice.server.torch.model;

import java.nio.ByteBuffer;
import java.util.Locale;

/** One file on its way: checks what is announced before it is written, and passes on the progress. */
final class Transfer {

    /** What is smaller is a web page or a pointer; its content says so better than its size. */
    private static final long SMALL = 64 * 1024;

    private final ModelFile file;
    private final PartialFile part;
    private final VerifyMode mode;
    private final FreeSpace space;
    private final DownloadListener listener;

    Transfer(ModelFile file, PartialFile part, VerifyMode mode, FreeSpace space, DownloadListener listener) {
        this.file = file;
        this.part = part;
        this.mode = mode;
        this.space = space;
        this.listener = listener;
    }

    PartialFile part() {
        return part;
    }

    /**
     * Accepts an announced size.
     *
     * @param done bytes that are there already
     * @param total bytes of the whole file; 0 where that is not announced
     */
    void accept(long done, long total) {
        Long published = file.bytes();
        if (published != null && total > SMALL && wrongSize(published, total)) {
            throw TransferException.lasting(sizes(published, total));
        }
        space.require(Math.max(total, published == null ? 0 : published) - done, file.name());
    }

    void started(ModelSource source, long total) {
        listener.started(file, source.toString(), part.size(), total);
    }

    void write(ByteBuffer bytes, long total) {
        part.write(bytes);
        listener.progress(part.size(), total);
    }

    /** Checks that everything arrived. */
    void ended(long total) {
        if (total > 0 && part.size() < total) {
            throw TransferException.temporary(
                    String.format(Locale.ROOT, "the connection ended after %,d of %,d bytes", part.size(), total));
        }
    }

    /** Checks the size of the whole file. */
    void checkSize() {
        Long published = file.bytes();
        if (published != null && wrongSize(published, part.size())) {
            throw TransferException.lasting(sizes(published, part.size()));
        }
    }

    private boolean wrongSize(long published, long bytes) {
        return switch (mode) {
            case OFF -> false;
            case WARN -> bytes < published;
            case STRICT -> bytes != published;
        };
    }

    private static String sizes(long published, long bytes) {
        return String.format(Locale.ROOT, "the file there has %,d bytes; the published one has %,d", bytes, published);
    }
}
