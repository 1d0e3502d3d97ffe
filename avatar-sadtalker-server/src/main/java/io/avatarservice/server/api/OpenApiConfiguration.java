package io.avatarservice.server.api;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;
import static org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.callbacks.Callback;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API description, with what no signature shows: bodies that are read as a stream, and the failure handler's answers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "apiKey";
    private static final String BATCHES = "/v1/batches";
    private static final Set<String> SUBMIT_PATHS = Set.of("/generate", "/v1/jobs", BATCHES);

    @Bean
    OpenAPI apiDescription() {
        return new OpenAPI()
                .info(new Info()
                        .title("Avatar Service")
                        .version("v1")
                        .description("Talking-head videos from a portrait and a speech recording.")
                        .license(new License().name("Apache-2.0")));
    }

    @Bean
    OpenApiCustomizer bearerKeys() {
        return api -> {
            api.getComponents()
                    .addSecuritySchemes(
                            BEARER,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .description("API key; not asked for where the server has none"));
            api.getPaths()
                    .forEach((path, item) -> item.readOperations().stream()
                            .filter(operation -> !isOpen(path))
                            .forEach(
                                    operation -> operation.addSecurityItem(new SecurityRequirement().addList(BEARER))));
        };
    }

    private static boolean isOpen(String path) {
        return path.equals("/healthz") || path.startsWith("/media/");
    }

    @Bean
    OpenApiCustomizer errorAnswers() {
        return api -> {
            Components components = api.getComponents();
            ModelConverters.getInstance().readAll(WireProblem.class).forEach(components::addSchemas);
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) -> addErrors(path, method, operation)));
        };
    }

    @Bean
    OpenApiCustomizer requestBodies() {
        return api -> {
            ModelConverters converters = ModelConverters.getInstance();
            converters.readAll(WireRenderRequest.class).forEach(api.getComponents()::addSchemas);
            converters.readAll(WireRenderForm.class).forEach(api.getComponents()::addSchemas);
            converters.readAll(WireBatchRequest.class).forEach(api.getComponents()::addSchemas);
            converters.readAll(WireWebhookMessage.class).forEach(api.getComponents()::addSchemas);
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        if (submits(path, method)) {
                            operation.setRequestBody(path.equals(BATCHES) ? batchRequest() : renderRequest());
                            operation.addCallback("jobEnded", webhook(path.equals(BATCHES)));
                        }
                    }));
        };
    }

    private static RequestBody batchRequest() {
        return new RequestBody()
                .required(true)
                .content(new Content().addMediaType(APPLICATION_JSON_VALUE, schema("BatchRequest")));
    }

    private static RequestBody renderRequest() {
        return new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType(APPLICATION_JSON_VALUE, schema("RenderRequest"))
                        .addMediaType(MULTIPART_FORM_DATA_VALUE, schema("RenderForm")));
    }

    private static Callback webhook(boolean batch) {
        Operation call = new Operation()
                .summary("Tells that the job has ended; signed as Standard Webhooks 1.0 has it")
                .requestBody(new RequestBody()
                        .required(true)
                        .content(new Content().addMediaType(APPLICATION_JSON_VALUE, schema("WebhookMessage"))))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("Delivered"))
                        .addApiResponse("410", new ApiResponse().description("Wants no more calls")));
        return new Callback()
                .addPathItem(
                        batch ? "{$request.body#/jobs/0/webhook_url}" : "{$request.body#/webhook_url}",
                        new PathItem().post(call));
    }

    private static boolean submits(String path, PathItem.HttpMethod method) {
        return method == PathItem.HttpMethod.PUT || (method == PathItem.HttpMethod.POST && SUBMIT_PATHS.contains(path));
    }

    private static MediaType schema(String name) {
        return new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + name));
    }

    private static void addErrors(String path, PathItem.HttpMethod method, Operation operation) {
        boolean generate = path.equals("/generate");
        errors(path, method)
                .forEach((status, description) ->
                        operation.getResponses().computeIfAbsent(status, none -> answer(description, generate)));
    }

    private static Map<String, String> errors(String path, PathItem.HttpMethod method) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (submits(path, method)) {
            errors.put("400", "A field is missing, contradictory, malformed or out of range (INVALID_REQUEST)");
            errors.put("413", "An input has more bytes, pixels or seconds than the limit (PAYLOAD_TOO_LARGE)");
            errors.put("415", "An input or the body is not in a supported format (UNSUPPORTED_MEDIA)");
            errors.put("422", "No face (FACE_NOT_FOUND), or IDEMPOTENCY_KEY_REUSED");
            errors.put("501", "The server does not have this driver or feature (UNSUPPORTED)");
            errors.put("503", "QUEUE_FULL, SHUTTING_DOWN, DRIVER_NOT_READY or STORAGE_UNAVAILABLE; see Retry-After");
        }
        if (path.equals("/generate")) {
            errors.put("409", "The job was cancelled by another call (CANCELLED)");
            errors.put("504", "The render took longer than it may (TIMEOUT)");
        }
        if (method == PathItem.HttpMethod.GET && (path.equals("/v1/jobs") || path.endsWith("/events"))) {
            errors.put("400", "A parameter or header is malformed (INVALID_REQUEST)");
        }
        if (path.contains("{") && method != PathItem.HttpMethod.PUT) {
            errors.put("404", "No such job or file (NOT_FOUND)");
        }
        if (path.endsWith("/video-url")) {
            errors.put("409", "The job has no video (CONFLICT)");
            errors.put("503", "The address cannot be signed for the moment (STORAGE_UNAVAILABLE)");
        }
        if (path.endsWith("/redeliver")) {
            errors.put("409", "The job has not ended (CONFLICT)");
            errors.put("501", "The server has no secret to sign calls with (UNSUPPORTED)");
        }
        if (method == PathItem.HttpMethod.DELETE) {
            errors.put("409", "The job has finished already (CONFLICT)");
        }
        if (!isOpen(path)) {
            errors.put("401", "No API key, or a wrong one (AUTHENTICATION)");
            errors.put("403", "The key lacks the scope (FORBIDDEN)");
            errors.put("429", "Too many calls, or too many unfinished jobs (RATE_LIMITED); see Retry-After");
        }
        errors.put("500", "Anything unforeseen (INTERNAL, RENDER_FAILED)");
        return errors;
    }

    private static ApiResponse answer(String description, boolean generate) {
        Content content = generate
                ? new Content().addMediaType(APPLICATION_JSON_VALUE, schema("Generation"))
                : new Content().addMediaType(APPLICATION_PROBLEM_JSON_VALUE, schema("Problem"));
        return new ApiResponse().description(description).content(content);
    }
}
