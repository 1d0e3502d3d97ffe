package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Calls that follow one another on one connection. */
class KeepAliveIT extends ServerIT {

    /** Asks the database, and so is answered by another thread, after the next call has arrived. */
    private static final String SLOW = "/v1/jobs/00000000-0000-0000-0000-000000000000";

    /** Is refused at once, before anything looks at it. */
    private static final String REFUSED = "/media/%2e%2e/work";

    @Test
    void aRefusalThatWaitedForItsTurnDoesNotSilenceTheConnection() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            send(socket, get(SLOW) + get(REFUSED));
            assertThat(status(answers)).isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(status(answers)).isEqualTo("HTTP/1.1 404 Not Found");

            send(socket, get("/healthz"));

            assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static void send(Socket socket, String calls) throws IOException {
        socket.getOutputStream().write(calls.getBytes(StandardCharsets.UTF_8));
    }

    /** The status line of the next answer, which is read to its end. */
    private static String status(BufferedReader answers) throws IOException {
        String status = answers.readLine();
        int length = 0;
        for (String header = answers.readLine(); !header.isEmpty(); header = answers.readLine()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        assertThat(answers.skip(length)).isEqualTo(length);
        return status;
    }
}
