package io.avatarservice.server.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StreamUtils;

/**
 * The calls of the JSON API of Google Cloud Storage that this project makes, in this process and in memory: resumable
 * uploads, which may break on the way, downloads and deletions. It compares checksums, and knows no credentials.
 */
final class FakeGcsServer implements AutoCloseable {

    private static final Pattern OBJECT = Pattern.compile("(?:/download)?/storage/v1/b/([^/]+)/o/(.+)");
    private static final Pattern PLAIN = Pattern.compile("/([^/]+)/(.+)");
    private static final Pattern UPLOAD = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final String bucket;
    private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final List<Integer> offsets = new CopyOnWriteArrayList<>();

    FakeGcsServer(String bucket) throws IOException {
        this.bucket = bucket;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Storage client() {
        return StorageOptions.http()
                .setHost(endpoint().toString())
                .setCredentials(NoCredentials.getInstance())
                .setProjectId("test")
                .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
                .setRetrySettings(StorageOptions.getDefaultRetrySettings().toBuilder()
                        .setInitialRetryDelayDuration(Duration.ofMillis(5))
                        .setMaxAttempts(3)
                        .build())
                .build()
                .getService();
    }

    /** Answers so many of the coming requests with 503. */
    void failNext(int requests) {
        unavailable.set(requests);
    }

    /** Keeps half of what so many of the coming uploads send, and then fails. */
    void breakNextUploads(int count) {
        broken.set(count);
    }

    /** Where in the file each upload began, broken ones included. */
    List<Integer> offsets() {
        return offsets;
    }

    @Nullable String contentType(String name) {
        StoredObject object = objects.get(name);
        return object == null ? null : object.contentType();
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = StreamUtils.copyToByteArray(exchange.getRequestBody());
            if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                send(exchange, 503, error(503, "backendError", "try again"));
                return;
            }
            String path = exchange.getRequestURI().getRawPath();
            Matcher upload = UPLOAD.matcher(path);
            Matcher object = OBJECT.matcher(path);
            Matcher plain = PLAIN.matcher(path);
            if (upload.matches()) {
                upload(exchange, upload.group(1), body);
            } else if (object.matches()) {
                object(exchange, object.group(1), decoded(object.group(2)));
            } else if (plain.matches()) {
                content(exchange, objects.get(decoded(plain.group(2))));
            } else {
                send(exchange, 400, error(400, "invalid", "unknown call"));
            }
        }
    }

    private void upload(HttpExchange exchange, String target, byte[] body) throws IOException {
        Map<String, String> query = query(exchange);
        if (!target.equals(bucket)) {
            send(exchange, 404, error(404, "notFound", "The specified bucket does not exist."));
        } else if (query.containsKey("upload_id")) {
            chunk(exchange, Objects.requireNonNull(uploads.get(query.get("upload_id"))), body);
        } else if ("resumable".equals(query.get("uploadType"))) {
            String id = UUID.randomUUID().toString();
            uploads.put(id, new Upload(json.readValue(body, Map.class)));
            exchange.getResponseHeaders()
                    .set("Location", endpoint() + exchange.getRequestURI().getPath() + "?upload_id=" + id);
            send(exchange, 200, new byte[0]);
        } else {
            send(exchange, 501, error(501, "notImplemented", "only resumable uploads"));
        }
    }

    private void chunk(HttpExchange exchange, Upload upload, byte[] body) throws IOException {
        Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Content-Range"));
        if (!range.matches()) {
            send(exchange, 400, error(400, "invalid", "no range"));
            return;
        }
        if (range.group(1) != null) {
            int offset = Integer.parseInt(range.group(1));
            offsets.add(offset);
            int known = upload.received().size() - offset;
            boolean breaks = broken.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            // whole multiples of 256 KiB are kept
            int end = breaks ? (body.length / 2) & -(256 << 10) : body.length;
            upload.received().write(body, known, Math.max(0, end - known));
            if (breaks) {
                send(exchange, 503, error(503, "backendError", "try again"));
                return;
            }
        }
        boolean whole = !range.group(3).equals("*")
                && Integer.parseInt(range.group(3)) == upload.received().size();
        if (whole) {
            finish(exchange, upload);
        } else {
            if (upload.received().size() > 0) {
                exchange.getResponseHeaders()
                        .set("Range", "bytes=0-" + (upload.received().size() - 1));
            }
            send(exchange, 308, new byte[0]);
        }
    }

    private void finish(HttpExchange exchange, Upload upload) throws IOException {
        byte[] content = upload.received().toByteArray();
        Object expected = upload.description().get("crc32c");
        if (expected != null && !expected.equals(crc32c(content))) {
            send(exchange, 400, error(400, "invalid", "Provided CRC32C does not match calculated CRC32C."));
            return;
        }
        String name = String.valueOf(upload.description().get("name"));
        StoredObject object =
                new StoredObject(content, String.valueOf(upload.description().get("contentType")));
        objects.put(name, object);
        send(exchange, 200, describe(name, object));
    }

    private void object(HttpExchange exchange, String from, String name) throws IOException {
        StoredObject object = from.equals(bucket) ? objects.get(name) : null;
        if (exchange.getRequestMethod().equals("DELETE")) {
            objects.remove(name);
            send(exchange, object == null ? 404 : 204, new byte[0]);
        } else if ("media".equals(query(exchange).get("alt"))) {
            content(exchange, object);
        } else if (object == null) {
            send(exchange, 404, error(404, "notFound", "No such object"));
        } else {
            send(exchange, 200, describe(name, object));
        }
    }

    private static void content(HttpExchange exchange, @Nullable StoredObject object) throws IOException {
        if (object == null) {
            send(exchange, 404, new byte[0]);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        exchange.getResponseHeaders().set("Content-Type", object.contentType());
        exchange.getResponseHeaders().set("x-goog-generation", "1");
        exchange.getResponseHeaders().set("x-goog-hash", "crc32c=" + crc32c(object.content()));
        int from = range == null ? 0 : Integer.parseInt(range.replaceFirst("bytes=(\\d+)-.*", "$1"));
        send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(object.content(), from, object.content().length));
    }

    private byte[] describe(String name, StoredObject object) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("kind", "storage#object");
        description.put("bucket", bucket);
        description.put("name", name);
        description.put("generation", "1");
        description.put("size", Integer.toString(object.content().length));
        description.put("contentType", object.contentType());
        description.put("crc32c", crc32c(object.content()));
        return json.writeValueAsBytes(description);
    }

    private byte[] error(int status, String reason, String message) throws IOException {
        Map<String, Object> details = Map.of("reason", reason, "message", message);
        return json.writeValueAsBytes(
                Map.of("error", Map.of("code", status, "message", message, "errors", List.of(details))));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getResponseHeaders().getFirst("Content-Type") == null) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String text = exchange.getRequestURI().getRawQuery();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            query.put(pair.split("=", 2)[0], decoded(pair.split("=", 2)[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String crc32c(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content, 0, content.length);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record StoredObject(byte[] content, String contentType) {}

    private record Upload(Map<?, ?> description, ByteArrayOutputStream received) {

        Upload(Map<?, ?> description) {
            this(description, new ByteArrayOutputStream());
        }
    }
}
