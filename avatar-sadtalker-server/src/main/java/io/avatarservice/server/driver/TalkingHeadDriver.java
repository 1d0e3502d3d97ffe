package io.avatarservice.server.driver;

import io.avatarservice.server.problem.ProblemException;

/**
 * An engine that turns a portrait and a motion source into the frames of a talking-head video.
 *
 * <p>A driver is a singleton, called from several worker threads at once; state of one render lives in
 * {@link #render}.
 */
public interface TalkingHeadDriver {

    /** The name on the wire: {@code preview}, {@code sadtalker}, {@code liveportrait}. */
    String name();

    /** What the driver can do here and now; cheap enough to be asked with every request. */
    DriverDescription describe();

    /**
     * Checks and completes the options of a request, so that a bad one is refused before a job exists.
     *
     * @throws ProblemException with {@code INVALID_REQUEST} and the field {@code options.<name>}, for an unknown
     *     option or a value out of range
     */
    RenderOptions options(java.util.Map<String, ?> requested);

    /**
     * Yields every frame of the video, in order, into {@code sink}. Blocks until the last frame is published.
     *
     * @throws ProblemException where the inputs cannot be rendered, {@code FACE_NOT_FOUND} above all
     * @throws RenderCancelledException from the sink, passed on, when the render was cancelled
     */
    void render(RenderRequest request, FrameSink sink);
}
