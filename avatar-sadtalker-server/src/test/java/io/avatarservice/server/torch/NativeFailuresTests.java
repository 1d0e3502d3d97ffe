package io.avatarservice.server.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeFailuresTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79.10 GiB",
                "The following operation failed in the TorchScript interpreter.\nTraceback\nRuntimeError: CUDA out of memory. Tried",
                "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to"
                        + " allocate 40 bytes. Error code 12 (Cannot allocate memory)",
                "DefaultCPUAllocator: not enough memory: you tried to allocate 40 bytes.",
                "CUDA error: out of memory",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
            })
    void everyAllocatorsFailureIsOutOfMemory(String message) {
        assertThat(NativeFailures.translate("fan", new IllegalStateException(message)))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageStartingWith("the network fan ran out of memory: ");
    }

    @Test
    void otherFailuresAreToldByTheirReason() {
        RuntimeException failure = new IllegalStateException(
                "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript\n"
                        + "RuntimeError: Given groups=1, expected 70 channels\n\n");

        assertThat(NativeFailures.translate("fan", failure))
                .isExactlyInstanceOf(TorchException.class)
                .hasMessage("the network fan failed: RuntimeError: Given groups=1, expected 70 channels")
                .hasCause(failure);
    }
}
