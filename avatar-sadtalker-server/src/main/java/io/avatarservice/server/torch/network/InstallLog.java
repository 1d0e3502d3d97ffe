package io.avatarservice.server.torch.network;

import io.avatarservice.server.torch.program.InstallListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how far the installation of a network is, each tenth of the way: the first render waits for it. */
public final class InstallLog implements InstallListener {

    private static final Logger log = LoggerFactory.getLogger(InstallLog.class);
    private static final int STEPS = 10;

    private final Map<String, Long> logged = new ConcurrentHashMap<>();

    @Override
    public void progress(String program, long doneBytes, long totalBytes) {
        long step = doneBytes * STEPS / Math.max(totalBytes, 1);
        Long before = logged.put(program, step);
        if (before == null || before != step) {
            log.info("Installing the network {}: {} %", program, step * 100 / STEPS);
        }
    }
}
