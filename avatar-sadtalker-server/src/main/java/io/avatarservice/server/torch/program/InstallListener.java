package io.avatarservice.server.torch.program;

/** Hears how far the installation of a program is. */
@FunctionalInterface
public interface InstallListener {

    /**
     * @param program the program's name
     * @param doneBytes the bytes of weights written so far
     * @param totalBytes the bytes of weights in all
     */
    void progress(String program, long doneBytes, long totalBytes);

    /** Hears nothing. */
    static InstallListener none() {
        return (program, doneBytes, totalBytes) -> {};
    }
}
