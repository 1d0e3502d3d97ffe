package io.avatarservice.client.fake;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.http.Body;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The jobs that were asked for, and the keys they came with. */
final class FakeSubmits {

    private final Map<String, ScriptedJob> jobs = new LinkedHashMap<>();
    private final Map<String, ScriptedJob> jobsByKey = new LinkedHashMap<>();
    private final Map<String, Submit> submitsByKey = new LinkedHashMap<>();
    private int numbers;

    /** The job of a submit: a new one, or the one that the key stands for; {@code null} if the key stands for another. */
    synchronized @Nullable ScriptedJob job(@Nullable String key, Submit submit, Supplier<ScriptedJob> made) {
        ScriptedJob known = key == null ? null : jobsByKey.get(key);
        if (known != null) {
            return submit.equals(submitsByKey.get(key)) ? known : null;
        }
        ScriptedJob job = made.get();
        jobs.put(job.id, job);
        if (key != null) {
            jobsByKey.put(key, job);
            submitsByKey.put(key, submit);
        }
        return job;
    }

    synchronized String nextId() {
        return "job-" + ++numbers;
    }

    synchronized @Nullable ScriptedJob byId(String id) {
        return jobs.get(id);
    }

    synchronized List<ScriptedJob> jobs() {
        return List.copyOf(jobs.values());
    }

    /**
     * What was asked for.
     *
     * @param fields of the JSON body, or texts of the form
     * @param media sizes and hashes of the files in a form, so that a repeated one is recognized
     */
    record Submit(Map<String, Object> fields, Map<String, Integer> media) {

        @SuppressWarnings("unchecked")
        static Submit of(Request request) {
            if (!request.isMultipart()) {
                return new Submit(Json.read(request.getBodyAsString(), Map.class), Map.of());
            }
            Map<String, Object> fields = new TreeMap<>();
            Map<String, Integer> media = new TreeMap<>();
            for (Request.Part part : request.getParts()) {
                HttpHeader disposition = part.getHeader("Content-Disposition");
                Body body = part.getBody();
                if (disposition.firstValue().contains("filename=")) {
                    media.put(part.getName(), Arrays.hashCode(body.asBytes()));
                } else {
                    fields.put(part.getName(), body.asString());
                }
            }
            return new Submit(fields, media);
        }
    }
}
