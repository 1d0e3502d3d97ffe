package io.avatarservice.server.driver;

import java.nio.ByteBuffer;

/** Watches one render and may stop it. Called from the rendering threads: it must be quick and must not throw. */
public interface RenderListener {

    /** The render has entered {@code stage}. */
    void stage(RenderStage stage);

    /**
     * A frame is about to be encoded.
     *
     * @param pixels {@code height × width × 3} bytes, blue, green, red per pixel; valid during the call only
     */
    default void frame(ByteBuffer pixels, VideoFormat format) {}

    /** {@code done} of {@code total} frames are encoded. */
    void frames(int done, int total);

    /** Whether the render should stop; asked before every frame. */
    boolean cancelled();
}
