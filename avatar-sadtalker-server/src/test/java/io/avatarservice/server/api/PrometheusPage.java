package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Prometheus scrapes, and whether a query finds its metrics and labels there. */
record PrometheusPage(List<Sample> samples) {

    /** Labels that Prometheus adds to what it scrapes. */
    private static final Set<String> ADDED_LABELS = Set.of("job", "instance");

    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool");

    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    // A range or a text of the query, a clause that lists labels, or a name with what selects its samples
    private static final Pattern TOKEN = Pattern.compile("\\[[^\\]]*]|\"[^\"]*\""
            + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\((?<clause>[^)]*)\\)"
            + "|\\b(?<name>[a-zA-Z_]\\w*)(?<function>\\s*(?=\\(|by\\b|without\\b))?(?:\\{(?<selector>[^}]*)})?");
    private static final Pattern SELECTED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

    record Sample(String name, Map<String, String> labels, double value) {}

    static PrometheusPage parse(String text) {
        List<Sample> samples = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = LINE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
        });
        return new PrometheusPage(samples);
    }

    boolean has(String name) {
        return name.equals("up")
                || samples.stream().anyMatch(sample -> sample.name().equals(name));
    }

    /** The sum of the samples that have these labels; there must be one. */
    double value(String name, Map<String, String> labels) {
        List<Sample> found = samples.stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        assertThat(found).as(name + labels).isNotEmpty();
        return found.stream().mapToDouble(Sample::value).sum();
    }

    /** That every metric of the query is there, and has the labels that the query selects or groups by. */
    void assertAnswers(String query) {
        Set<String> names = new HashSet<>();
        Set<String> grouped = new HashSet<>();
        Matcher token = TOKEN.matcher(query);
        while (token.find()) {
            String name = token.group("name");
            if (token.group("clause") != null) {
                grouped.addAll(List.of(token.group("clause").strip().split("\\s*,\\s*")));
            } else if (name != null && token.group("function") == null && !WORDS.contains(name)) {
                assertThat(has(name)).as("%s in %s", name, query).isTrue();
                names.add(name);
                assertThat(labels(name)).as("%s in %s", name, query).containsAll(selected(token.group("selector")));
            }
        }
        assertThat(names).as(query).isNotEmpty();
        Set<String> known = new HashSet<>(ADDED_LABELS);
        names.forEach(name -> known.addAll(labels(name)));
        grouped.remove("");
        assertThat(known).as(query).containsAll(grouped);
    }

    private Set<String> labels(String name) {
        Set<String> labels = new HashSet<>(ADDED_LABELS);
        samples.stream()
                .filter(sample -> sample.name().equals(name))
                .forEach(sample -> labels.addAll(sample.labels().keySet()));
        return labels;
    }

    private static Set<String> selected(@Nullable String selector) {
        Set<String> labels = new HashSet<>();
        Matcher label = SELECTED.matcher(selector == null ? "" : selector);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }
}
