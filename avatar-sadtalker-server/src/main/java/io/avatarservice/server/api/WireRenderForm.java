package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;

/** The multipart request body, for the API description only. */
@Schema(
        name = "RenderForm",
        description =
                "Exactly one of image, image_url and image_b64, and one of audio, audio_url and audio_b64. For a driver that"
                        + " is driven by a driving video, exactly one of driving_video, driving_video_url and"
                        + " driving_video_b64, and audio only where it replaces the video's sound. Unknown parts are"
                        + " refused.")
@JsonNaming(SnakeCaseStrategy.class)
record WireRenderForm(
        @Schema(type = "string", format = "binary", description = "Portrait: JPEG, PNG or WebP file")
        String image,

        @Schema(type = "string", format = "binary", description = "Speech: WAV, MP3, M4A, FLAC or Ogg file")
        String audio,

        @Schema(
                type = "string",
                format = "binary",
                description = "Video whose face is followed: MP4, MOV, WebM, Matroska or AVI file")
        String drivingVideo,

        @Schema(description = "Portrait by http or https address")
        URI imageUrl,

        @Schema(description = "Speech by http or https address")
        URI audioUrl,

        @Schema(description = "Video whose face is followed by http or https address")
        URI drivingVideoUrl,

        @Schema(description = "Portrait in Base64; a data URI is accepted")
        String imageB64,

        @Schema(description = "Speech in Base64; a data URI is accepted")
        String audioB64,

        @Schema(description = "Video whose face is followed in Base64; a data URI is accepted")
        String drivingVideoB64,

        @Schema(description = "Name of a driver; the server's default when left out")
        String driver,

        @Schema(description = "JSON object with options of the driver", example = "{\"seed\": 7}")
        String options,

        @Schema(description = "Jobs with a higher one are taken first", minimum = "-10", maximum = "10")
        Integer priority,

        @Schema(description = "A job that has not finished by then ends in error")
        Instant deadline,

        @Schema(description = "How long the finished job and its video are kept", minimum = "1")
        Long ttlSeconds,

        @Schema(description = "http or https address that is called when the job has ended", maxLength = 2048)
        URI webhookUrl) {}
