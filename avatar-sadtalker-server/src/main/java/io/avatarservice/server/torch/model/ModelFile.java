package io.avatarservice.server.torch.model;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One published checkpoint file.
 *
 * @param model the checkpoint in it
 * @param folder its folder below a SadTalker root, with slashes
 * @param name its name there and at its address
 * @param bytes its size; {@code null} where that is not known
 * @param sha256 its SHA-256 in lower-case hexadecimal
 * @param url the address where its authors publish it
 * @param purpose what it is for, in a few words
 */
public record ModelFile(
        Model model, String folder, String name, @Nullable Long bytes, String sha256, URI url, String purpose) {

    /** Its folder below a root in SadTalker's layout. */
    public Path folderBelow(Path root) {
        return root.resolve(folder);
    }

    /** Where the file lies below a root in SadTalker's layout. */
    public Path below(Path root) {
        return folderBelow(root).resolve(name);
    }
}
