package io.avatarservice.server.torch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The library that DJL asks for the number of devices and their memory. PyTorch's wheels keep it where the system does not
 * look: beside libtorch, or in NVIDIA's package next to it.
 */
final class CudaRuntimeLibrary {

    private static final String SEARCH_PATH = "jna.library.path";
    private static final String NVIDIA_PACKAGE = "../../nvidia/cuda_runtime/lib";

    private CudaRuntimeLibrary() {}

    /** Adds its folder to the search path of JNA, through which DJL loads it. */
    static void makeKnown() {
        String torch = System.getenv("PYTORCH_LIBRARY_PATH");
        if (torch == null || torch.isBlank() || System.getProperty(SEARCH_PATH) != null) {
            return;
        }
        folder(Path.of(torch)).ifPresent(folder -> System.setProperty(SEARCH_PATH, folder.toString()));
    }

    static Optional<Path> folder(Path torch) {
        return Stream.of(torch, torch.resolve(NVIDIA_PACKAGE).normalize())
                .filter(CudaRuntimeLibrary::hasLibrary)
                .findFirst();
    }

    private static boolean hasLibrary(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, "libcudart*.so*")) {
            return libraries.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
