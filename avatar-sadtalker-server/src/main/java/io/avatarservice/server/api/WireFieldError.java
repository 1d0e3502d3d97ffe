package io.avatarservice.server.api;

import io.swagger.v3.oas.annotations.media.Schema;

/** One request field at fault. */
@Schema(name = "FieldError")
record WireFieldError(
        @Schema(description = "Field, part, parameter or header", example = "image_b64")
        String field,

        @Schema(description = "What is wrong with it") String message) {}
