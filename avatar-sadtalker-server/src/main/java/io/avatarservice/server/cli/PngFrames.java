package io.avatarservice.server.cli;

import io.avatarservice.server.driver.RenderListener;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.VideoFormat;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes the frames of a render as PNG files, as they are before they are encoded. Tells another listener everything. */
final class PngFrames implements RenderListener {

    private final Path directory;
    private final RenderListener listener;
    private int next;

    PngFrames(Path directory, RenderListener listener) {
        this.directory = directory;
        this.listener = listener;
    }

    @Override
    public void frame(ByteBuffer pixels, VideoFormat format) {
        BufferedImage image = new BufferedImage(format.width(), format.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        pixels.get(0, bgr);
        Path file = directory.resolve(String.format(Locale.ROOT, "%06d.png", next++));
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        listener.frame(pixels, format);
    }

    @Override
    public void stage(RenderStage stage) {
        listener.stage(stage);
    }

    @Override
    public void frames(int done, int total) {
        listener.frames(done, total);
    }

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
