package io.avatarservice.client.fake;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.avatarservice.client.fake.FakeSubmits.Submit;
import io.avatarservice.client.fake.ScriptedJob.Ending;
import io.avatarservice.did.fake.Fault;
import io.avatarservice.did.fake.FaultPlan;
import io.avatarservice.did.fake.Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The server's REST API, answered from scripted jobs. */
final class FakeApi {

    private static final String JOBS = "/v1/jobs";
    private static final String MEDIA = "/media/";

    private final FakeSubmits submits = new FakeSubmits();
    private final Map<Operation, AtomicInteger> calls = new ConcurrentHashMap<>();
    final Queue<Ending> endings = new ConcurrentLinkedQueue<>();
    volatile List<String> statuses = List.of("queued", "running", "completed");
    volatile FaultPlan faults = FaultPlan.none();

    int calls(Operation operation) {
        AtomicInteger count = calls.get(operation);
        return count == null ? 0 : count.get();
    }

    List<FakeJob> jobs() {
        return submits.jobs().stream().map(ScriptedJob::snapshot).toList();
    }

    ResponseDefinition answer(Request request) {
        String path = URI.create(request.getUrl()).getPath();
        if (path.equals("/healthz")) {
            return json(200, "{\"ok\": true}").build();
        }
        if (path.equals("/v1/drivers")) {
            return json(200, WireFiles.text("drivers")).build();
        }
        Operation operation = operation(request.getMethod(), path);
        if (operation == null) {
            return problem("NOT_FOUND").build();
        }
        calls.computeIfAbsent(operation, none -> new AtomicInteger()).incrementAndGet();
        Fault fault = faults.next(operation);
        ResponseDefinitionBuilder answer = fault.accepted() ? answer(operation, request, path) : aResponse();
        if (fault.reset()) {
            answer = aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
        } else if (fault.status() != null) {
            answer = failed(fault.status(), fault);
        }
        if (!fault.delay().isZero()) {
            answer.withFixedDelay(Math.toIntExact(fault.delay().toMillis()));
        }
        return answer.build();
    }

    private static @Nullable Operation operation(RequestMethod method, String path) {
        String call = method.getName() + " " + path;
        if (call.equals("POST " + JOBS)) {
            return Operation.SUBMIT;
        }
        if (call.startsWith("GET " + JOBS + "/")) {
            return Operation.FIND;
        }
        if (call.startsWith("DELETE " + JOBS + "/")) {
            return Operation.DELETE;
        }
        return call.startsWith("GET " + MEDIA) ? Operation.DOWNLOAD : null;
    }

    private ResponseDefinitionBuilder answer(Operation operation, Request request, String path) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        return switch (operation) {
            case SUBMIT -> submit(request);
            case FIND -> find(id, request);
            case DELETE -> cancel(id, request);
            case DOWNLOAD -> video(id, request);
            case LIST, UPLOAD, CREDITS -> throw new IllegalArgumentException(operation + " is not of this server");
        };
    }

    private ResponseDefinitionBuilder submit(Request request) {
        HttpHeader header = request.header("Idempotency-Key");
        String key = header.isPresent() ? header.firstValue() : null;
        Submit submit = Submit.of(request);
        ScriptedJob job = submits.job(key, submit, () -> scripted(key, submit));
        return job == null
                ? problem("IDEMPOTENCY_KEY_REUSED")
                : job(202, job, job.status(), request).withHeader("Location", JOBS + "/" + job.id);
    }

    private ScriptedJob scripted(@Nullable String key, Submit submit) {
        List<String> way = statuses;
        Ending scripted = endings.poll();
        Ending ending = scripted == null ? Ending.of(way.get(way.size() - 1)) : scripted;
        List<String> path = new ArrayList<>(way.subList(0, way.size() - 1));
        path.add(ending.status());
        return new ScriptedJob(submits.nextId(), key, submit.fields(), path, ending);
    }

    private ResponseDefinitionBuilder find(String id, Request request) {
        ScriptedJob job = submits.byId(id);
        return job == null ? problem("NOT_FOUND") : job(200, job, job.look(), request);
    }

    private ResponseDefinitionBuilder cancel(String id, Request request) {
        ScriptedJob job = submits.byId(id);
        if (job == null) {
            return problem("NOT_FOUND");
        }
        return job.cancel() ? job(200, job, "cancelled", request) : problem("CONFLICT");
    }

    /** As a bucket does: without the signature there is no video. */
    private ResponseDefinitionBuilder video(String file, Request request) {
        boolean signed = request.getUrl().endsWith("?signature=" + FakeAvatarServer.SIGNATURE);
        return signed && submits.byId(file.replace(".mp4", "")) != null
                ? aResponse().withHeader("Content-Type", "video/mp4").withBody(FakeAvatarServer.video())
                : problem("NOT_FOUND");
    }

    @SuppressWarnings("unchecked")
    private static ResponseDefinitionBuilder job(int status, ScriptedJob job, String state, Request request) {
        boolean known =
                List.of("queued", "running", "completed", "error", "cancelled").contains(state);
        Map<String, Object> body = Json.read(WireFiles.text("job-" + (known ? state : "running")), Map.class);
        body.put("id", job.id);
        body.put("status", state);
        if (body.get("result") instanceof Map<?, ?>) {
            Map<String, Object> result = (Map<String, Object>) body.get("result");
            String base = request.getAbsoluteUrl()
                    .substring(
                            0,
                            request.getAbsoluteUrl().length() - request.getUrl().length());
            result.put("video_url", base + MEDIA + job.id + ".mp4?signature=" + FakeAvatarServer.SIGNATURE);
            result.put("size_bytes", FakeAvatarServer.VIDEO.length());
        }
        if (body.get("error") instanceof Map<?, ?>) {
            Map<String, Object> error = (Map<String, Object>) body.get("error");
            error.put("code", job.ending.code());
            error.put("message", job.ending.message());
        }
        return json(status, Json.write(body));
    }

    /** A fault of the server is a problem; one that has no code is a proxy's, in HTML. */
    private static ResponseDefinitionBuilder failed(int status, Fault fault) {
        String code = fault.kind() == null ? usualCode(status) : fault.kind();
        ResponseDefinitionBuilder answer = code == null
                ? answer(status, "text/html", "<h1>" + status + "</h1>")
                : problem(code).withStatus(status);
        if (fault.retryAfter() != null) {
            answer.withHeader("Retry-After", String.valueOf(fault.retryAfter().toSeconds()));
        }
        return answer;
    }

    private static @Nullable String usualCode(int status) {
        return switch (status) {
            case 400 -> "INVALID_REQUEST";
            case 401 -> "AUTHENTICATION";
            case 413 -> "PAYLOAD_TOO_LARGE";
            case 415 -> "UNSUPPORTED_MEDIA";
            case 422 -> "FACE_NOT_FOUND";
            case 500 -> "INTERNAL";
            case 501 -> "UNSUPPORTED";
            case 503 -> "SHUTTING_DOWN";
            case 504 -> "TIMEOUT";
            default -> null;
        };
    }

    private static ResponseDefinitionBuilder problem(String code) {
        String body = WireFiles.text("problem-" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
        int status = Json.node(body).path("status").asInt();
        return answer(status, "application/problem+json", body);
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return answer(status, "application/json", body);
    }

    private static ResponseDefinitionBuilder answer(int status, String contentType, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", contentType)
                .withBody(body);
    }
}
