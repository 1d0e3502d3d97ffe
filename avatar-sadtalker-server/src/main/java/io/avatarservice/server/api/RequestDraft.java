package io.avatarservice.server.api;

import io.avatarservice.server.driver.DriverDescription;
import io.avatarservice.server.driver.MotionSource;
import io.avatarservice.server.driver.TalkingHeadDriver;
import io.avatarservice.server.driver.VideoOptions;
import io.avatarservice.server.job.JobInput;
import io.avatarservice.server.job.WorkDirectory;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.ObjectReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request while its body is being read. Inputs that came inline already lie in the work directory. */
final class RequestDraft {

    private static final int HIGHEST_PORT = 65_535;

    private final WorkDirectory directory;
    private final ObjectReader objects;
    private final Map<InputKind, List<JobInput>> inputs = new EnumMap<>(InputKind.class);
    private final Map<String, JobInput> videos = new LinkedHashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private final RequestTerms terms = new RequestTerms();
    private @Nullable String driver;
    private @Nullable String webhook;
    private Map<String, Object> options = Map.of();

    /**
     * @param objects checks the addresses that are no URLs of the web
     */
    RequestDraft(WorkDirectory directory, ObjectReader objects) {
        this.directory = directory;
        this.objects = objects;
    }

    WorkDirectory directory() {
        return directory;
    }

    RequestTerms terms() {
        return terms;
    }

    /** Where the inline content of an input goes. */
    Path fileFor(InputKind kind) {
        return directory.path().resolve(kind.part());
    }

    /**
     * Adds the input that was written to {@link #fileFor}. Blocks.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where there is nothing in it
     */
    void addFile(InputKind kind, String field) {
        if (fileFor(kind).toFile().length() == 0) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, field, field + " is empty");
        }
        add(kind, new JobInput.Uploaded(field, fileFor(kind)));
    }

    /** Where the file of an option goes that is a video. */
    Path fileFor(String videoOption) {
        return directory.path().resolve(videoOption);
    }

    /**
     * Adds the video that was written to {@link #fileFor(String)}. Blocks.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where there is nothing in it
     */
    void addVideo(String option) {
        if (fileFor(option).toFile().length() == 0) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, option, option + " is empty");
        }
        videos.put(option, new JobInput.Uploaded(option, fileFor(option)));
    }

    /**
     * The videos of the request, those that the options name by address included.
     *
     * @param driver says which of its options are videos
     * @throws ProblemException {@code INVALID_REQUEST} where the driver takes no such video, one is given twice, or an
     *     address is no http or https URL, or no object that this server may read
     */
    Map<String, JobInput> videos(TalkingHeadDriver driver) {
        List<String> known = VideoOptions.names(driver);
        Map<String, JobInput> all = new LinkedHashMap<>(videos);
        videos.keySet().forEach(name -> {
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST,
                        name,
                        "the driver '%s' takes no %s".formatted(driver.name(), name));
            }
        });
        VideoOptions.videos(driver, options).forEach((name, url) -> {
            String field = "options." + name;
            if (all.put(name, new JobInput.Remote(field, address(field, url))) != null) {
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST,
                        field,
                        "exactly one source for the %s is allowed, got %s and a file".formatted(name, field));
            }
        });
        return all;
    }

    /**
     * Adds an input by address.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where it is not an http or https URL, or an object that this
     *     server may read
     */
    void addUrl(InputKind kind, String url) {
        add(kind, new JobInput.Remote(kind.url(), address(kind.url(), url)));
    }

    void addUnknown(String field) {
        unknown.add(field);
    }

    void driver(String name) {
        driver = name;
    }

    @Nullable String driver() {
        return driver;
    }

    void webhook(String url) {
        webhook = url;
    }

    /** Where the client wants to be called, as it wrote it. */
    @Nullable String webhook() {
        return webhook;
    }

    void options(Map<String, Object> values) {
        options = values;
    }

    Map<String, Object> options() {
        return options;
    }

    /**
     * The one source of an input.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where there is none, or more than one
     */
    JobInput only(InputKind kind) {
        JobInput input = atMostOne(kind);
        if (input == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    kind.part(),
                    "the %s is missing: send %s or %s in JSON, or the file as multipart part %s"
                            .formatted(kind.words(), kind.url(), kind.base64(), kind.part()));
        }
        return input;
    }

    /**
     * The speech recording; {@code null} where the driver does without and there is none.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where a needed one is missing, or there is more than one
     */
    @Nullable JobInput speech(DriverDescription driver) {
        return driver.motion() == MotionSource.SPEECH ? only(InputKind.AUDIO) : atMostOne(InputKind.AUDIO);
    }

    /**
     * The driving video; {@code null} for drivers that take none.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where a needed one is missing, the driver takes none, or there is
     *     more than one
     */
    @Nullable JobInput drivingVideo(DriverDescription driver) {
        if (driver.motion() == MotionSource.DRIVING_VIDEO) {
            return only(InputKind.DRIVING_VIDEO);
        }
        JobInput input = atMostOne(InputKind.DRIVING_VIDEO);
        if (input != null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    input.field(),
                    "the driver '%s' takes no driving video".formatted(driver.name()));
        }
        return null;
    }

    private @Nullable JobInput atMostOne(InputKind kind) {
        List<JobInput> given = inputs.getOrDefault(kind, List.of());
        if (given.size() <= 1) {
            return given.isEmpty() ? null : given.get(0);
        }
        List<String> fields = given.stream().map(JobInput::field).toList();
        throw new ProblemException(
                ProblemCode.INVALID_REQUEST,
                fields.get(1),
                "exactly one source for the %s is allowed, got %s"
                        .formatted(kind.words(), String.join(" and ", fields)));
    }

    /**
     * Refuses fields that nobody knows: a misspelt option that is silently ignored is worse than an error.
     *
     * @throws ProblemException {@code INVALID_REQUEST} with their names
     */
    void refuseUnknown() {
        if (!unknown.isEmpty()) {
            throw unknownFields(unknown);
        }
    }

    static ProblemException unknownFields(List<String> names) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                names.get(0),
                (names.size() == 1 ? "unknown field: " : "unknown fields: ") + String.join(", ", names));
    }

    private void add(InputKind kind, JobInput input) {
        inputs.computeIfAbsent(kind, none -> new ArrayList<>()).add(input);
    }

    private URI address(String field, String text) {
        String scheme = text.strip().split(":", 2)[0];
        return ObjectReader.reads(scheme) ? objects.check(text, field) : httpUrl(field, text);
    }

    private static URI httpUrl(String field, String text) {
        try {
            URI url = new URI(text.strip());
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getRawUserInfo() != null) {
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST, field, field + " must not contain a user name or password");
            }
            if (url.getHost() != null
                    && url.getPort() <= HIGHEST_PORT
                    && (scheme.equals("http") || scheme.equals("https"))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same answer as for a URL of another kind; the parser's message would repeat the URL.
        }
        throw new ProblemException(
                ProblemCode.INVALID_REQUEST, field, field + " must be an absolute http or https URL");
    }
}
