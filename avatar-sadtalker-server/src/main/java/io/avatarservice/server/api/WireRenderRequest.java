package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * The JSON request body, for the API description only: bodies are read as a stream, because inline inputs are too large
 * to be held as text.
 */
@Schema(
        name = "RenderRequest",
        description =
                "Exactly one of image_url and image_b64, and one of audio_url and audio_b64. For a driver that is driven by a"
                        + " driving video, exactly one of driving_video_url and driving_video_b64, and audio only where it"
                        + " replaces the video's sound. Unknown fields are refused.")
@JsonNaming(SnakeCaseStrategy.class)
record WireRenderRequest(
        @Schema(
                description = "Portrait by http, https, gs or s3 address",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        URI imageUrl,

        @Schema(
                description = "Portrait (JPEG, PNG, WebP) in Base64; a data URI is accepted",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String imageB64,

        @Schema(
                description = "Speech by http, https, gs or s3 address",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        URI audioUrl,

        @Schema(
                description = "Speech (WAV, MP3, M4A, FLAC, Ogg) in Base64; a data URI is accepted",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String audioB64,

        @Schema(
                description = "Video whose face is followed, by http, https, gs or s3 address",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        URI drivingVideoUrl,

        @Schema(
                description =
                        "Video whose face is followed (MP4, MOV, WebM, Matroska, AVI) in Base64; a data URI is accepted",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String drivingVideoB64,

        @Schema(
                description = "Name of a driver, see /v1/drivers; the server's default when left out",
                example = "preview",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String driver,

        @Schema(
                description = "Options of the driver, see /v1/drivers",
                example = "{\"seed\": 7, \"still\": true}",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, Object> options,

        @Schema(
                description = "Jobs with a higher one are taken first",
                minimum = "-10",
                maximum = "10",
                defaultValue = "0",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Integer priority,

        @Schema(
                description = "A job that has not finished by then ends in error",
                example = "2030-01-01T12:00:00Z",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Instant deadline,

        @Schema(
                description = "How long the finished job and its video are kept; the server's retention when left out",
                minimum = "1",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Long ttlSeconds,

        @Schema(
                description =
                        "http or https address that is called when the job has ended; refused where the server has no"
                                + " secret to sign with",
                maxLength = 2048,
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        URI webhookUrl) {}
