package io.avatarservice.did.fake;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** D-ID's HTTP: answers as its API does, from what is on the account. */
final class FakeDidServer {

    private static final String BUCKET = "/d-id-talks-prod/";
    private static final Duration RESULT_LIFETIME = Duration.ofHours(24);

    private static final Pattern IMAGE_URL =
            Pattern.compile("^(https|s3)://\\S+\\.(jpe?g|png)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUDIO_URL =
            Pattern.compile("^(https|s3)://\\S+\\.(m4a|flac|mp3|mp4|wav)([?#][A-Za-z0-9_./=&#%-]*)?$");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([a-zA-Z0-9._-]{1,50})\"");
    private static final Set<String> TALK_FIELDS =
            Set.of("source_url", "script", "config", "name", "user_data", "webhook", "result_url");

    private final Clock clock;
    private final Map<Operation, AtomicInteger> calls = new ConcurrentHashMap<>();

    volatile FakeAccount account;
    volatile FaultPlan faults = FaultPlan.none();
    volatile boolean listCarriesUserData = true;
    volatile boolean talkCarriesUserData = true;
    volatile boolean errorsAsText;
    volatile boolean gatewayErrors;
    volatile boolean refusesUnknownFields = true;
    volatile boolean stitchPermitted = true;
    volatile boolean signsAnew = true;

    FakeDidServer(Clock clock) {
        this.clock = clock;
        this.account = new FakeAccount(clock);
    }

    int calls(Operation operation) {
        AtomicInteger count = calls.get(operation);
        return count == null ? 0 : count.get();
    }

    ResponseDefinition answer(Request request) {
        URI url = URI.create(request.getUrl());
        Operation operation = operation(request.getMethod(), url.getPath());
        if (operation == null) {
            return gatewayDeny().build();
        }
        calls.computeIfAbsent(operation, none -> new AtomicInteger()).incrementAndGet();
        Fault fault = faults.next(operation);
        ResponseDefinitionBuilder answer = fault.accepted()
                ? authorized(operation, request, url)
                : aResponse().withStatus(500);
        if (fault.replacesAnswer()) {
            answer = replacement(fault);
        }
        if (!fault.delay().isZero()) {
            answer.withFixedDelay(Math.toIntExact(fault.delay().toMillis()));
        }
        return answer.build();
    }

    private static @Nullable Operation operation(RequestMethod method, String path) {
        String call = method.getName() + " " + path;
        if (call.equals("POST /talks")) {
            return Operation.SUBMIT;
        }
        if (call.equals("GET /talks")) {
            return Operation.LIST;
        }
        if (call.startsWith("GET /talks/")) {
            return Operation.FIND;
        }
        if (call.equals("POST /images") || call.equals("POST /audios")) {
            return Operation.UPLOAD;
        }
        if (call.startsWith("GET " + BUCKET)) {
            return Operation.DOWNLOAD;
        }
        if (call.matches("DELETE /(talks|images|audios)/.+")) {
            return Operation.DELETE;
        }
        return call.equals("GET /credits") ? Operation.CREDITS : null;
    }

    private ResponseDefinitionBuilder authorized(Operation operation, Request request, URI url) {
        HttpHeader authorization = request.header("Authorization");
        if (operation == Operation.DOWNLOAD) {
            // As S3 does: a signature and a key at once are one too many.
            return authorization.isPresent() ? aResponse().withStatus(400) : video(request, url);
        }
        if (!authorization.isPresent() || !authorization.firstValue().equals("Basic " + FakeDid.API_KEY)) {
            return gatewayDeny();
        }
        String id = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        return switch (operation) {
            case SUBMIT -> submit(request);
            case FIND -> find(id, request);
            case LIST -> list(request);
            case UPLOAD -> upload(request, id.equals("images") ? "image" : "audio");
            case DELETE -> delete(url.getPath(), id);
            case CREDITS -> credits();
            case DOWNLOAD -> throw new IllegalStateException("answered above");
        };
    }

    private ResponseDefinitionBuilder submit(Request request) {
        Map<String, Object> body = WireShapes.parse(request.getBodyAsString());
        Double remaining = account.creditsRemaining;
        if (remaining != null && remaining <= 0) {
            return json(402, WireShapes.read("error-insufficient-credits"));
        }
        String refusal = refusal(body);
        if (refusal != null) {
            return error(400, "BadRequestError", refusal);
        }
        if (!stitchPermitted
                && body.get("config") instanceof Map<?, ?> config
                && Boolean.TRUE.equals(config.get("stitch"))) {
            return error(403, "PermissionError", "user has no permission for stitch");
        }
        ScriptedTalk talk = account.accept(body);
        Map<String, Object> answer = WireShapes.read("talk-accepted");
        answer.put("id", talk.id);
        answer.put("created_at", talk.createdAt.toString());
        answer.put("status", talk.status());
        return json(201, answer);
    }

    private @Nullable String refusal(Map<String, Object> body) {
        if (refusesUnknownFields && !TALK_FIELDS.containsAll(body.keySet())) {
            return "additional properties are not allowed";
        }
        if (!(body.get("source_url") instanceof String source)
                || !IMAGE_URL.matcher(source).find()) {
            return "invalid actor url";
        }
        if (!(body.get("script") instanceof Map<?, ?> script)
                || !"audio".equals(script.get("type"))
                || !(script.get("audio_url") instanceof String audio)
                || !AUDIO_URL.matcher(audio).matches()) {
            return "Failed to validate script";
        }
        if (body.get("webhook") instanceof String webhook && !webhook.startsWith("https://")) {
            return "webhook must be https";
        }
        return null;
    }

    private ResponseDefinitionBuilder find(String id, Request request) {
        ScriptedTalk talk = account.talk(id);
        if (talk == null) {
            return error(404, "NotFoundError", "talk not found");
        }
        talk.look();
        return json(200, shown(talk, request));
    }

    private Map<String, Object> shown(ScriptedTalk talk, Request request) {
        Ending ending = talk.ending();
        String status = talk.status();
        Map<String, Object> body = WireShapes.read(
                switch (status) {
                    case "done" -> "talk-done";
                    case "error" -> "talk-error";
                    case "rejected" -> "talk-rejected";
                    default -> "talk-started";
                });
        body.put("id", talk.id);
        body.put("status", status);
        body.put("created_at", talk.createdAt.toString());
        recognizable(body, talk, talkCarriesUserData);
        if (status.equals("done")) {
            body.put("modified_at", talk.endedAt().toString());
            body.put("result_url", resultUrl(talk, request));
        }
        if (talk.ended() && ending.description() != null) {
            body.put(
                    "error",
                    errorsAsText || ending.kind() == null
                            ? ending.description()
                            : Map.of("kind", ending.kind(), "description", ending.description()));
        }
        return body;
    }

    private static void recognizable(Map<String, Object> body, ScriptedTalk talk, boolean carries) {
        for (String field : List.of("name", "user_data")) {
            body.remove(field);
            Object value = talk.request.get(field);
            if (carries && value != null) {
                body.put(field, value);
            }
        }
    }

    /** At another origin than the API, as D-ID's bucket is. */
    private String resultUrl(ScriptedTalk talk, Request request) {
        Instant signed = signsAnew ? clock.instant() : talk.endedAt();
        return "http://127.0.0.1:" + request.getPort() + BUCKET + talk.id + ".mp4?AWSAccessKeyId=AKIAFAKE&Expires="
                + signed.plus(RESULT_LIFETIME).getEpochSecond() + "&Signature=" + FakeDid.SIGNATURE;
    }

    private ResponseDefinitionBuilder list(Request request) {
        int limit = number(request, "limit", 100);
        int from = number(request, "token", 0);
        List<ScriptedTalk> all = account.talksForAList();
        List<Map<String, Object>> page = new ArrayList<>();
        all.stream().skip(from).limit(limit).forEach(talk -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", talk.id);
            item.put("object", "talk");
            item.put("status", talk.status());
            item.put("created_at", talk.createdAt.toString());
            recognizable(item, talk, listCarriesUserData);
            page.add(item);
        });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("talks", page);
        if (from + limit < all.size()) {
            body.put("token", String.valueOf(from + limit));
        }
        return json(200, body);
    }

    private static int number(Request request, String name, int otherwise) {
        QueryParameter parameter = request.queryParameter(name);
        return parameter.isPresent() ? Integer.parseInt(parameter.firstValue()) : otherwise;
    }

    private ResponseDefinitionBuilder upload(Request request, String name) {
        Request.Part part = request.getPart(name);
        if (part == null) {
            return error(400, "BadRequestError", name + " is missing");
        }
        String contentType = part.getHeader("Content-Type").firstValue();
        boolean image = name.equals("image");
        if (image
                ? !Set.of("image/jpeg", "image/png").contains(contentType)
                : !contentType.matches("(audio|video)/.*")) {
            return json(415, WireShapes.read("error-unsupported-mime-type"));
        }
        Matcher fileName =
                FILE_NAME.matcher(part.getHeader("Content-Disposition").firstValue());
        if (!fileName.find()) {
            return error(400, "BadRequestError", "the file name is not allowed");
        }
        FakeUpload upload = account.upload(
                name, fileName.group(1), contentType, part.getBody().asBytes().length);
        Map<String, Object> body = WireShapes.read(name + "-uploaded");
        body.put("id", upload.id());
        body.put("url", "s3://d-id-" + name + "s-prod/" + upload.id() + "/" + upload.fileName());
        return json(201, body);
    }

    private ResponseDefinitionBuilder delete(String path, String id) {
        if (!path.startsWith("/talks/")) {
            return account.deleteUpload(id) ? aResponse().withStatus(204) : error(404, "NotFoundError", "not found");
        }
        ScriptedTalk talk = account.talk(id);
        if (talk == null) {
            return error(404, "NotFoundError", "talk not found");
        }
        boolean ended = talk.ended();
        talk.look();
        if (!ended) {
            return error(409, "NotReadyError", "talk is in process, try again later");
        }
        talk.delete();
        return json(200, Map.of("id", id));
    }

    private ResponseDefinitionBuilder credits() {
        Double remaining = account.creditsRemaining;
        if (remaining == null) {
            return error(404, "NotFoundError", "no credits");
        }
        Map<String, Object> body = WireShapes.read("credits");
        body.put("remaining", remaining);
        body.put("total", account.creditsTotal);
        return json(200, body);
    }

    private ResponseDefinitionBuilder video(Request request, URI url) {
        String id = url.getPath().substring(BUCKET.length()).replace(".mp4", "");
        ScriptedTalk talk = account.talk(id);
        if (talk == null) {
            return aResponse().withStatus(404);
        }
        int expires = number(request, "Expires", 0);
        if (clock.instant().getEpochSecond() >= expires) {
            return aResponse().withStatus(403).withHeader("Content-Type", "application/xml");
        }
        return aResponse().withHeader("Content-Type", "video/mp4").withBody(FakeVideo.of(id));
    }

    private ResponseDefinitionBuilder replacement(Fault fault) {
        if (fault.reset()) {
            return aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
        }
        int status = fault.status() == null ? 500 : fault.status();
        ResponseDefinitionBuilder answer =
                error(status, fault.kind() == null ? usualKind(status) : fault.kind(), "injected fault");
        if (fault.retryAfter() != null) {
            answer.withHeader("Retry-After", String.valueOf(fault.retryAfter().toSeconds()));
        }
        return answer;
    }

    private static String usualKind(int status) {
        return switch (status) {
            case 400 -> "BadRequestError";
            case 401 -> "AuthorizationError";
            case 402 -> "InsufficientCreditsError";
            case 403 -> "PermissionError";
            case 404 -> "NotFoundError";
            case 409 -> "NotReadyError";
            case 415 -> "UnsupportedMimeTypeError";
            case 451 -> "ImageModerationError";
            default -> "UnknownError";
        };
    }

    private ResponseDefinitionBuilder error(int status, String kind, String description) {
        return gatewayErrors
                ? json(status, Map.of("message", description))
                : json(status, Map.of("kind", kind, "description", description));
    }

    private static ResponseDefinitionBuilder gatewayDeny() {
        return json(403, WireShapes.read("gateway-deny"));
    }

    private static ResponseDefinitionBuilder json(int status, Map<String, Object> body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(Json.write(body));
    }
}
