package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.server.job.JobInput;
import io.avatarservice.server.job.JobSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Tells whether two requests ask for the same. It is a hash over the meaning, so that field order and multipart
 * boundaries do not matter, and so that no URL is kept for it.
 */
final class Fingerprint {

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Fingerprint() {}

    /** Blocks: reads the uploaded files. */
    static String of(RequestDraft draft, JobSpec spec) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Map.Entry<String, JobInput> video : spec.videos().entrySet()) {
            digests.put(video.getKey(), digest(video.getValue()));
        }
        JobInput drivingVideo = spec.drivingVideo();
        if (drivingVideo != null) {
            digests.put(InputKind.DRIVING_VIDEO.part(), digest(drivingVideo));
        }
        JobInput audio = spec.audio();
        List<Object> meaning = List.of(
                Objects.requireNonNullElse(draft.driver(), ""),
                draft.options(),
                digest(spec.image()),
                audio == null ? "" : digest(audio),
                digests,
                draft.terms().given());
        return sha256(canonical(meaning));
    }

    private static byte[] canonical(List<Object> meaning) throws JsonProcessingException {
        return CANONICAL.writeValueAsBytes(meaning);
    }

    private static String digest(JobInput input) throws IOException {
        if (input instanceof JobInput.Remote remote) {
            return "url " + sha256(remote.url().toString().getBytes(StandardCharsets.UTF_8));
        }
        MessageDigest digest = newDigest();
        try (InputStream in = Files.newInputStream(((JobInput.Uploaded) input).file());
                InputStream digested = new DigestInputStream(in, digest)) {
            digested.transferTo(OutputStream.nullOutputStream());
        }
        return "content " + HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newDigest().digest(bytes));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
