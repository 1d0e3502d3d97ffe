package io.avatarservice.server.driver;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A driver for tests: frames of one color, 25 a second, as long as the speech. */
public class ColorDriver implements TalkingHeadDriver {

    private static final int FRAME_RATE = 25;

    private final String name;
    private final boolean ready;

    public ColorDriver(String name) {
        this(name, true);
    }

    public ColorDriver(String name, boolean ready) {
        this.name = name;
        this.ready = ready;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DriverDescription describe() {
        return new DriverDescription(
                name,
                "Frames of one color.",
                ready,
                ready ? List.of() : List.of("color.bin"),
                ready ? null : "paint it",
                "cpu",
                MotionSource.SPEECH,
                1280,
                List.of(OptionDescription.integer("red", 0L, 0, 255, "Red of every pixel.")));
    }

    @Override
    public RenderOptions options(Map<String, ?> requested) {
        return OptionParser.parse(describe().options(), requested);
    }

    @Override
    public void render(RenderRequest request, FrameSink sink) {
        int width = request.portrait().width() & ~1;
        int height = request.portrait().height() & ~1;
        int frames = frames(request);
        sink.open(new VideoFormat(width, height, FRAME_RATE, frames));
        for (int i = 0; i < frames; i++) {
            FrameBuffer frame = sink.borrow();
            fill(frame.pixels(), (byte) request.options().integer("red"));
            sink.publish(frame);
        }
    }

    static int frames(RenderRequest request) {
        return Math.max(1, (int) Math.round(request.requireSpeech().seconds() * FRAME_RATE));
    }

    private static void fill(ByteBuffer pixels, byte red) {
        while (pixels.hasRemaining()) {
            pixels.put((byte) 0).put((byte) 0).put(red);
        }
    }
}
