package io.avatarservice.server.job;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a thread gives way to the others of this process. {@link Thread#setPriority} changes nothing on Linux; there each
 * thread has a nice value of its own, which the threads that it starts inherit (setpriority(2)). Elsewhere this does
 * nothing.
 */
final class Niceness {

    private static final Logger log = LoggerFactory.getLogger(Niceness.class);
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private interface C extends Library {

        int setpriority(int which, int who, int value);
    }

    private Niceness() {}

    /** @param value 0 for like all others, up to 19 for only when nobody else has anything to do */
    static void ofThisThread(int value) {
        if (value == 0 || !Platform.isLinux()) {
            return;
        }
        try {
            Native.load("c", C.class).setpriority(PRIO_PROCESS, CALLING_THREAD, value);
        } catch (UnsatisfiedLinkError e) {
            log.debug("Renders do not give way to calls on this system", e);
        }
    }
}
