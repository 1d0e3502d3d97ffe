package io.avatarservice.client.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Bodies on the wire between the client and the server, one file each. The client's tests read them as answers, and the
 * server's tests hold its controllers to them, so that the two cannot drift apart.
 */
public final class WireFiles {

    private WireFiles() {}

    /**
     * A body.
     *
     * @param name of the file without {@code .json}, for example {@code job-running}
     */
    public static String text(String name) {
        String path = "/io/avatarservice/wire/" + name + ".json";
        try (InputStream body = WireFiles.class.getResourceAsStream(path)) {
            if (body == null) {
                throw new IllegalArgumentException("there is no " + path);
            }
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
