package io.avatarservice.client.load;

import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;

/** How much memory is in use by what is still wanted. */
final class Heap {

    private static final int COLLECTIONS = 3;

    private Heap() {}

    static long usedBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            WeakReference<Object> garbage = new WeakReference<>(new Object());
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                System.gc();
                return garbage.get() == null;
            });
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
