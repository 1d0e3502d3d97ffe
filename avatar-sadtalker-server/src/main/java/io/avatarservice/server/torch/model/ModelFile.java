package io.avatarservice.server.torch.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One published checkpoint file.
 *
 * @param model the checkpoint in it
 * @param folder its folder below a root, with slashes: a SadTalker checkout, or LivePortrait's 'pretrained_weights'
 * @param name its name there and at its address
 * @param bytes its size; {@code null} where that is not known
 * @param sha256 its SHA-256 in lower-case hexadecimal
 * @param url the address where its authors publish it
 * @param purpose what it is for, in a few words
 */
public record ModelFile(
        Model model, String folder, String name, @Nullable Long bytes, String sha256, URI url, String purpose) {

    private static final String PICKLE = ".pth";

    /** Its folder below a root in its authors' layout. */
    public Path folderBelow(Path root) {
        return root.resolve(folder);
    }

    /** Where the file lies below a root in its authors' layout. */
    public Path below(Path root) {
        return folderBelow(root).resolve(name);
    }

    /** Where it may lie below a root: under its own name, or as the same weights re-packed to safetensors. */
    Stream<Path> candidatesBelow(Path root) {
        Path own = below(root);
        return Model.forLivePortrait().contains(model) && name.endsWith(PICKLE)
                ? Stream.of(own, own.resolveSibling(name.replace(PICKLE, ".safetensors")))
                : Stream.of(own);
    }
}
