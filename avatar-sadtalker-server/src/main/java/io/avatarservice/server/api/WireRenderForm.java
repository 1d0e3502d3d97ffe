package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;

/** The multipart request body, for the API description only. */
@Schema(
        name = "RenderForm",
        description = "Exactly one of image and image_url, and one of audio and audio_url. Unknown parts are refused.")
@JsonNaming(SnakeCaseStrategy.class)
record WireRenderForm(
        @Schema(type = "string", format = "binary", description = "Portrait: JPEG, PNG or WebP file")
        String image,

        @Schema(type = "string", format = "binary", description = "Speech: WAV, MP3, M4A, FLAC or Ogg file")
        String audio,

        @Schema(description = "Portrait by http or https address")
        URI imageUrl,

        @Schema(description = "Speech by http or https address")
        URI audioUrl,

        @Schema(description = "Name of a driver; the server's default when left out")
        String driver,

        @Schema(description = "JSON object with options of the driver", example = "{\"seed\": 7}")
        String options) {}
