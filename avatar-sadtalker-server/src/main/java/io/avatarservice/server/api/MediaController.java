package io.avatarservice.server.api;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.ConditionalOnStorageProvider;
import io.avatarservice.server.storage.LocalVideoStore;
import io.avatarservice.server.storage.StorageProvider;
import io.avatarservice.server.storage.VideoKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves the videos of the local store. */
@RestController
@ConditionalOnStorageProvider(StorageProvider.LOCAL)
@Tag(name = "Videos")
class MediaController {

    // The file behind a key never changes; private, because the address is the permission.
    private static final CacheControl CACHE =
            CacheControl.maxAge(Duration.ofDays(1)).cachePrivate().immutable();

    private final LocalVideoStore videos;

    MediaController(LocalVideoStore videos) {
        this.videos = videos;
    }

    @Operation(
            operationId = "downloadVideo",
            summary = "Downloads a finished video",
            description = "The address is the video_url of a completed job. Byte ranges are served.")
    @ApiResponse(
            responseCode = "200",
            description = "The whole video",
            content = @Content(mediaType = "video/mp4", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The range asked for",
            content = @Content(mediaType = "video/mp4", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "416", description = "The range is not within the video", content = @Content)
    @GetMapping("/media/{file}")
    Mono<ResponseEntity<Resource>> download(
            @Parameter(description = "Last part of a video_url") @PathVariable String file,
            @Parameter(
                            in = ParameterIn.HEADER,
                            name = HttpHeaders.RANGE,
                            description = "Bytes wanted",
                            example = "bytes=0-1023")
                    @RequestHeader(name = HttpHeaders.RANGE, required = false)
                    @Nullable String range) {
        return Blocking.call(() -> VideoKey.parse(file)
                .flatMap(videos::find)
                .map(video -> response(video, range))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "there is no such video")));
    }

    private static ResponseEntity<Resource> response(Path video, @Nullable String range) {
        try {
            long size = Files.size(video);
            if (!satisfiable(range, size)) {
                return ResponseEntity.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                        .header(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
                        .build();
            }
            return ResponseEntity.ok()
                    .contentType(MediaType.valueOf("video/mp4"))
                    .cacheControl(CACHE)
                    .lastModified(Files.getLastModifiedTime(video).toInstant())
                    .eTag('"' + video.getFileName().toString() + '"')
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.inline()
                                    .filename(video.getFileName().toString())
                                    .build()
                                    .toString())
                    .body(new FileSystemResource(video));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.NOT_FOUND, null, "there is no such video", e);
        }
    }

    /** Spring answers 416 on its own, but without the length that the client needs to ask better. */
    private static boolean satisfiable(@Nullable String header, long size) {
        if (header == null) {
            return true;
        }
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(header);
            return !ranges.isEmpty() && ranges.stream().allMatch(range -> range.getRangeStart(size) < size);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
