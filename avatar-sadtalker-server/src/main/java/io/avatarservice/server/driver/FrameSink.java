package io.avatarservice.server.driver;

/**
 * Takes the frames of one video. Buffers are lent and come back, so a render of any length needs the same memory:
 * {@link #open} once, then {@link #borrow} and {@link #publish} for every frame, from one thread.
 */
public interface FrameSink {

    /** Says which stage the render has reached before frames flow; shown to whoever watches the job. */
    void stage(RenderStage stage);

    /**
     * Ends long work before the first frame where nobody wants the video any more.
     *
     * @throws RenderCancelledException when the render was cancelled
     */
    default void checkCancelled() {}

    /** Announces the video. Called once, before the first frame. */
    void open(VideoFormat format);

    /**
     * Lends a buffer for the next frame; its content is undefined. Blocks while the encoder is behind.
     *
     * @throws RenderCancelledException when the render was cancelled or the encoder failed
     */
    FrameBuffer borrow();

    /** Hands over the borrowed buffer as the next frame; it must not be touched afterwards. */
    void publish(FrameBuffer frame);
}
