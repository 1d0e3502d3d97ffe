package io.avatarservice.server.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API description, with the error answers that the failure handler gives and no signature shows. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String PROBLEM = "application/problem+json";

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
    OpenApiCustomizer errorAnswers() {
        return api -> {
            Components components = api.getComponents();
            ModelConverters.getInstance().readAll(WireProblem.class).forEach(components::addSchemas);
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) -> addErrors(path, method, operation)));
        };
    }

    private static void addErrors(String path, PathItem.HttpMethod method, Operation operation) {
        boolean generate = path.equals("/generate");
        errors(path, method)
                .forEach((status, description) ->
                        operation.getResponses().computeIfAbsent(status, none -> answer(description, generate)));
    }

    private static Map<String, String> errors(String path, PathItem.HttpMethod method) {
        Map<String, String> errors = new LinkedHashMap<>();
        boolean submits = method == PathItem.HttpMethod.POST || method == PathItem.HttpMethod.PUT;
        if (submits) {
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
        if (path.equals("/v1/jobs") && method == PathItem.HttpMethod.GET) {
            errors.put("400", "A parameter is malformed (INVALID_REQUEST)");
        }
        if (path.contains("{") && method != PathItem.HttpMethod.PUT) {
            errors.put("404", "No such job or file (NOT_FOUND)");
        }
        if (method == PathItem.HttpMethod.DELETE) {
            errors.put("409", "The job has finished already (CONFLICT)");
        }
        errors.put("500", "Anything unforeseen (INTERNAL, RENDER_FAILED)");
        return errors;
    }

    private static ApiResponse answer(String description, boolean generate) {
        String type = generate ? org.springframework.http.MediaType.APPLICATION_JSON_VALUE : PROBLEM;
        String schema = generate ? "#/components/schemas/Generation" : "#/components/schemas/Problem";
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(type, new MediaType().schema(new Schema<>().$ref(schema))));
    }
}
