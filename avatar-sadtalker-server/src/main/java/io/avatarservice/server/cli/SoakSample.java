package io.avatarservice.server.cli;

import java.util.Locale;

/**
 * What a server holds while it has nothing to do.
 *
 * @param jobs that it has rendered so far
 * @param heap MiB in use after a full collection
 * @param memory MiB of physical memory of the process, native memory included
 * @param threads of the process
 * @param handles open files and sockets
 * @param work files and folders in the work directory
 * @param videos in the store
 */
record SoakSample(int jobs, int heap, int memory, int threads, int handles, int work, int videos) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%5d jobs: heap %d MiB, process %d MiB, %d threads, %d handles, work %d, videos %d",
                jobs,
                heap,
                memory,
                threads,
                handles,
                work,
                videos);
    }
}
