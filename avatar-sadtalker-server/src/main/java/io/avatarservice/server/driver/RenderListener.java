package io.avatarservice.server.driver;

/** Watches one render and may stop it. Called from the rendering threads: it must be quick and must not throw. */
public interface RenderListener {

    /** The render has entered {@code stage}. */
    void stage(RenderStage stage);

    /** {@code done} of {@code total} frames are encoded. */
    void frames(int done, int total);

    /** Whether the render should stop; asked before every frame. */
    boolean cancelled();
}
