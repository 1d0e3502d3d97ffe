package io.avatarservice.server.torch.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that a network needs of a checkpoint. The check is strict: below the prefix nothing may be missing, nothing may
 * be left over, and every shape must fit. What lies outside the prefix belongs to others and is not looked at.
 *
 * @param prefix the leading part of the names that are meant, e.g. {@code generator.}; empty for the whole file
 * @param alias a leading part that re-packed files have instead of the prefix
 * @param strip a further leading part that each name may or may not have, e.g. {@code module.}
 * @param shapes the tensors that must be there: their names without prefix and strip, and their shapes
 * @param ignored patterns of names, without prefix and strip, that may be there or not; {@code *} stands for any text
 */
public record TensorLayout(
        String prefix,
        @Nullable String alias,
        @Nullable String strip,
        Map<String, List<Long>> shapes,
        List<String> ignored) {

    private static final int NAMED_IN_MESSAGES = 3;

    public TensorLayout {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        ignored = List.copyOf(ignored);
    }

    /**
     * Finds the tensors in a checkpoint.
     *
     * @return the name in the checkpoint of each tensor of {@link #shapes}, in that order
     * @throws CheckpointException naming the file and the first of the missing, unknown and mis-shaped tensors
     */
    public Map<String, String> resolve(Checkpoint checkpoint) {
        Map<String, String> present = present(checkpoint);
        Map<String, String> resolved = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> misshaped = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            String fullName = present.remove(name);
            if (fullName == null) {
                missing.add(prefix + name);
                return;
            }
            List<Long> found = info(checkpoint, fullName).shape();
            if (!found.equals(shape)) {
                misshaped.add("%s is %s instead of %s".formatted(fullName, found, shape));
            }
            resolved.put(name, fullName);
        });
        Pattern optional =
                Pattern.compile(ignored.stream().map(TensorLayout::regex).collect(Collectors.joining("|")));
        List<String> unknown = present.entrySet().stream()
                .filter(tensor -> !optional.matcher(tensor.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList();
        if (!missing.isEmpty() || !unknown.isEmpty() || !misshaped.isEmpty()) {
            throw new CheckpointException("%s is not the checkpoint that is needed here%s%s%s"
                    .formatted(
                            checkpoint.source(),
                            complaint("missing", missing),
                            complaint("unknown", unknown),
                            complaint("mis-shaped", misshaped)));
        }
        return resolved;
    }

    private Map<String, String> present(Checkpoint checkpoint) {
        Map<String, String> present = new LinkedHashMap<>();
        for (String fullName : checkpoint.tensors().keySet()) {
            String name = belowPrefix(fullName);
            if (name != null) {
                String shortName = strip != null && name.startsWith(strip) ? name.substring(strip.length()) : name;
                String other = present.put(shortName, fullName);
                if (other != null) {
                    throw new CheckpointException("%s has the tensor %s twice, as %s and as %s"
                            .formatted(checkpoint.source(), shortName, other, fullName));
                }
            }
        }
        return present;
    }

    private @Nullable String belowPrefix(String fullName) {
        return Stream.of(prefix, alias)
                .filter(start -> start != null && fullName.startsWith(start))
                .findFirst()
                .map(start -> fullName.substring(start.length()))
                .orElse(null);
    }

    private static TensorInfo info(Checkpoint checkpoint, String name) {
        TensorInfo info = checkpoint.tensors().get(name);
        if (info == null) {
            throw new CheckpointException("%s has no tensor %s".formatted(checkpoint.source(), name));
        }
        return info;
    }

    private static String regex(String glob) {
        return Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private static String complaint(String kind, List<String> tensors) {
        if (tensors.isEmpty()) {
            return "";
        }
        String first = tensors.stream().limit(NAMED_IN_MESSAGES).collect(Collectors.joining(", "));
        String more = tensors.size() > NAMED_IN_MESSAGES ? ", ..." : "";
        return "; %s tensors: %d (%s%s)".formatted(kind, tensors.size(), first, more);
    }
}
