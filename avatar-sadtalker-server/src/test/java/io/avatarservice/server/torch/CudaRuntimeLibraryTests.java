package io.avatarservice.server.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaRuntimeLibraryTests {

    @TempDir
    Path packages;

    @Test
    void itIsFoundBesideLibtorch() throws IOException {
        Path torch = Files.createDirectories(packages.resolve("torch/lib"));
        Files.createFile(torch.resolve("libcudart-9335f6a2.so.12"));

        assertThat(CudaRuntimeLibrary.folder(torch)).contains(torch);
    }

    @Test
    void itIsFoundInNvidiasPackage() throws IOException {
        Path torch = Files.createDirectories(packages.resolve("torch/lib"));
        Path nvidia = Files.createDirectories(packages.resolve("nvidia/cuda_runtime/lib"));
        Files.createFile(nvidia.resolve("libcudart.so.12"));

        assertThat(CudaRuntimeLibrary.folder(torch)).contains(nvidia);
    }

    @Test
    void withoutItNothingIsFound() {
        assertThat(CudaRuntimeLibrary.folder(packages.resolve("torch/lib"))).isEmpty();
    }
}
