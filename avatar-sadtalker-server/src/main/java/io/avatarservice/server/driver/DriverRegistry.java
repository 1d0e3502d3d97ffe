package io.avatarservice.server.driver;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The drivers of this server, by their names on the wire. */
public final class DriverRegistry {

    /** The name that leaves the choice to the server. */
    public static final String AUTO = "auto";

    /** What {@link #AUTO} tries, best first. LivePortrait is not among them: it needs a driving video. */
    private static final List<String> AUTOMATIC = List.of("sadtalker", "preview");

    /** Names of the wire contract; a server may lack the engine behind one. */
    private static final List<String> WELL_KNOWN = List.of("sadtalker", "liveportrait", "preview");

    private final Map<String, TalkingHeadDriver> drivers = new LinkedHashMap<>();
    private final String defaultName;

    /**
     * Creates a registry.
     *
     * @param drivers all drivers, in the order in which they are listed
     * @param defaultName what is used where a request names no driver; may be {@link #AUTO}
     * @throws IllegalArgumentException where two drivers share a name, or none has the default's
     */
    public DriverRegistry(List<TalkingHeadDriver> drivers, String defaultName) {
        for (TalkingHeadDriver driver : drivers) {
            if (this.drivers.put(driver.name(), driver) != null) {
                throw new IllegalArgumentException("two drivers are named '" + driver.name() + "'");
            }
        }
        if (!defaultName.equals(AUTO) && !this.drivers.containsKey(defaultName)) {
            throw new IllegalArgumentException(
                    "the default driver '%s' is unknown; this server has %s".formatted(defaultName, has()));
        }
        this.defaultName = defaultName;
    }

    /** What each driver can do here and now. */
    public List<DriverDescription> describe() {
        return drivers.values().stream().map(TalkingHeadDriver::describe).toList();
    }

    /** The names of all options, of whichever driver, that are videos. */
    public Set<String> videoOptions() {
        return drivers.values().stream()
                .flatMap(driver -> VideoOptions.names(driver).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The driver for a request, ready to render.
     *
     * @param name the requested name; {@code null} for the server's default
     * @throws ProblemException {@code INVALID_REQUEST} for a name nobody knows, {@code UNSUPPORTED} for one that this
     *     server lacks, {@code DRIVER_NOT_READY} where something is missing
     */
    public TalkingHeadDriver resolve(@Nullable String name) {
        String wanted = name == null ? defaultName : name;
        return wanted.equals(AUTO) ? automatic() : ready(named(wanted));
    }

    private TalkingHeadDriver automatic() {
        List<TalkingHeadDriver> candidates = AUTOMATIC.stream()
                .flatMap(name -> Stream.ofNullable(drivers.get(name)))
                .toList();
        return candidates.stream()
                .filter(driver -> driver.describe().ready())
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.DRIVER_NOT_READY, "driver", "no driver is ready; this server has " + has()));
    }

    private TalkingHeadDriver named(String name) {
        TalkingHeadDriver driver = drivers.get(name);
        if (driver != null) {
            return driver;
        }
        if (WELL_KNOWN.contains(name)) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED,
                    "driver",
                    "this server does not have the driver '%s'; it has %s".formatted(name, has()));
        }
        List<String> known = Stream.of(Stream.of(AUTO), WELL_KNOWN.stream(), drivers.keySet().stream())
                .flatMap(names -> names)
                .distinct()
                .toList();
        throw new ProblemException(
                ProblemCode.INVALID_REQUEST,
                "driver",
                "unknown driver '%s'; known are %s".formatted(abbreviated(name), String.join(", ", known)));
    }

    private static TalkingHeadDriver ready(TalkingHeadDriver driver) {
        DriverDescription description = driver.describe();
        if (!description.ready()) {
            throw new ProblemException(
                    ProblemCode.DRIVER_NOT_READY,
                    "driver",
                    description.missing().isEmpty()
                            ? "the driver '%s' is not ready yet".formatted(driver.name())
                            : "the driver '%s' is not ready, missing: %s"
                                    .formatted(driver.name(), String.join(", ", description.missing())));
        }
        return driver;
    }

    private String has() {
        return drivers.isEmpty() ? "none" : String.join(", ", drivers.keySet());
    }

    private static String abbreviated(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
}
