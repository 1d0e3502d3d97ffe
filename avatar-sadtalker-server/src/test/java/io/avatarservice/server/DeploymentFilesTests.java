package io.avatarservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Image, Compose file and Kubernetes manifests fit the server: a variable with a typing error would be ignored. */
class DeploymentFilesTests {

    private static final Path DOCKERFILE = Path.of("Dockerfile");
    private static final Path COMPOSE = Path.of("..", "samples", "deploy", "compose.yaml");
    private static final Path KUBERNETES = Path.of("..", "samples", "deploy", "kubernetes");

    /** Read by others than Spring Boot: the JVM, DJL, the NVIDIA runtime and the AWS SDK. */
    private static final Set<String> OF_OTHERS = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "DJL_CACHE_DIR",
            "JAVA_TOOL_OPTIONS",
            "NVIDIA_DRIVER_CAPABILITIES",
            "NVIDIA_VISIBLE_DEVICES",
            "PYTORCH_FLAVOR",
            "PYTORCH_LIBRARY_PATH",
            "PYTORCH_VERSION");

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void everyVariableIsReadBySomebody() throws IOException {
        Set<String> used = new HashSet<>(imageVariables());
        names(server().get("environment")).forEach(used::add);
        names(manifest("configmap.yaml").get("data")).forEach(used::add);
        names(manifest("secret.example.yaml").get("stringData")).forEach(used::add);

        assertThat(used).hasSizeGreaterThan(25);
        assertThat(known()).containsAll(used);
    }

    @Test
    void whatTheImageWritesToIsMounted() throws IOException {
        List<String> written = new ArrayList<>(matches(
                "\"(/\\w+)\"",
                Files.readAllLines(DOCKERFILE).stream()
                        .filter(line -> line.startsWith("VOLUME"))
                        .findFirst()
                        .orElseThrow()));
        written.add("/tmp");

        List<String> compose = new ArrayList<>();
        server().get("volumes").forEach(volume -> compose.add(volume.asText().replaceFirst(".*:", "")));
        server().get("tmpfs").forEach(directory -> compose.add(directory.asText()));
        assertThat(compose).containsAll(written);

        List<String> pod = new ArrayList<>();
        container()
                .get("volumeMounts")
                .forEach(mount -> pod.add(mount.get("mountPath").asText()));
        assertThat(pod).containsAll(written);
    }

    @Test
    void nothingRunsAsRootOrWritesElsewhere() throws IOException {
        assertThat(server().get("read_only").asBoolean()).isTrue();
        assertThat(server().get("user").asText()).isEqualTo("10001:10001");
        for (String file : List.of("statefulset.yaml", "models-job.yaml")) {
            JsonNode pod = manifest(file).at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0/securityContext");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(file)
                    .isTrue();
            assertThat(container.get("readOnlyRootFilesystem").asBoolean())
                    .as(file)
                    .isTrue();
            assertThat(container.get("allowPrivilegeEscalation").asBoolean(true))
                    .as(file)
                    .isFalse();
        }
    }

    @Test
    void probesAskForGroupsThatThereAre() throws IOException {
        JsonNode groups = yaml(Files.readString(Path.of("src", "main", "resources", "application.yaml")))
                .get(0)
                .at("/management/endpoint/health/group");

        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            String path = container().at("/" + probe + "/httpGet/path").asText();
            assertThat(path).as(probe).startsWith("/actuator/health/");
            assertThat(groups.has(path.substring("/actuator/health/".length())))
                    .as(path)
                    .isTrue();
        }
    }

    @Test
    void everyManifestIsYamlWithAKind() throws IOException {
        try (Stream<Path> files = Files.list(KUBERNETES)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                assertThat(yaml(Files.readString(file)))
                        .as(file.toString())
                        .isNotEmpty()
                        .allSatisfy(manifest ->
                                assertThat(manifest.path("kind").asText()).isNotBlank());
            }
        }
    }

    private JsonNode server() throws IOException {
        return yaml(Files.readString(COMPOSE)).get(0).at("/services/server");
    }

    private JsonNode container() throws IOException {
        return manifest("statefulset.yaml").at("/spec/template/spec/containers/0");
    }

    private JsonNode manifest(String file) throws IOException {
        return yaml(Files.readString(KUBERNETES.resolve(file))).get(0);
    }

    private List<JsonNode> yaml(String text) {
        List<JsonNode> documents = new ArrayList<>();
        new Yaml().loadAll(text).forEach(document -> documents.add(mapper.valueToTree(document)));
        return documents;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> imageVariables() throws IOException {
        return matches("(?m)^(?:ENV| {3}) ([A-Z][A-Z_]+)=", Files.readString(DOCKERFILE));
    }

    /** Properties as Spring Boot finds them in the environment, and the variables that application.yaml names. */
    private Set<String> known() throws IOException {
        Set<String> known = new HashSet<>(OF_OTHERS);
        known.addAll(matches(
                "\\$\\{([A-Z_0-9]+):", Files.readString(Path.of("src", "main", "resources", "application.yaml"))));
        for (URL metadata : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream content = metadata.openStream()) {
                mapper.readTree(content)
                        .get("properties")
                        .forEach(property ->
                                known.add(variable(property.get("name").asText())));
            }
        }
        return known;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
