package io.avatarservice.server.driver.facevid2vid;

import io.avatarservice.server.driver.FrameBuffer;
import io.avatarservice.server.driver.FrameSink;
import io.avatarservice.server.driver.RenderCancelledException;
import java.util.List;
import java.util.function.Consumer;

/** Brings frames from the renderer to the sink: the device renders a batch while the one before is finished and encoded. */
public final class FrameFlow {

    private FrameFlow() {}

    /**
     * Runs until the last frame is published.
     *
     * @param batch how many frames the renderer may be ahead, and how many are finished at once
     * @param renderer makes all frames and hands over each; runs on a thread of its own
     * @throws RenderCancelledException from the sink, or where this thread was interrupted
     */
    public static void run(int batch, Consumer<Consumer<byte[]>> renderer, FrameFinisher finisher, FrameSink sink) {
        try (FrameQueue frames = new FrameQueue(batch, renderer)) {
            List<byte[]> next = frames.take(batch);
            while (!next.isEmpty()) {
                for (byte[] prepared : finisher.prepare(next)) {
                    FrameBuffer frame = sink.borrow();
                    finisher.write(prepared, frame);
                    sink.publish(frame);
                }
                next = frames.take(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RenderCancelledException();
        }
    }
}
