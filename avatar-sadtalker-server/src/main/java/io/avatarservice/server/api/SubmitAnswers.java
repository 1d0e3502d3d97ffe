package io.avatarservice.server.api;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes what the calls that submit a job answer. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
        responseCode = "200",
        description = "The job of an earlier, equal request has finished already",
        content = @Content(schema = @Schema(implementation = WireJob.class)))
@ApiResponse(
        responseCode = "202",
        description = "Accepted",
        headers = @Header(name = "Location", description = "Address of the job"),
        content = @Content(schema = @Schema(implementation = WireJob.class)))
@interface SubmitAnswers {}
