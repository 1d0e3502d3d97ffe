package io.avatarservice.server.driver;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns requested options into checked ones. Values come from JSON or, as text, from forms and the command line; both
 * spell the same values.
 */
public final class OptionParser {

    private static final int MOST_ELEMENTS = 1000;

    private OptionParser() {}

    /**
     * Checks the requested options and fills in the defaults.
     *
     * @param known the driver's options
     * @param requested name to value; {@code null} values count as left out
     * @throws ProblemException {@code INVALID_REQUEST} with the field {@code options.<name>}
     */
    public static RenderOptions parse(
            List<OptionDescription> known, Map<String, ? extends @Nullable Object> requested) {
        refuseUnknown(known, requested);
        Map<String, Object> values = new HashMap<>();
        for (OptionDescription option : known) {
            Object value = requested.get(option.name());
            if (value != null) {
                values.put(option.name(), parse(option, value));
            } else if (option.defaultValue() != null) {
                values.put(option.name(), option.defaultValue());
            }
        }
        return new RenderOptions(values);
    }

    private static void refuseUnknown(List<OptionDescription> known, Map<String, ?> requested) {
        List<String> names = known.stream().map(OptionDescription::name).toList();
        List<String> unknown = requested.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "options." + unknown.get(0),
                    "unknown %s %s; this driver knows %s"
                            .formatted(unknown.size() == 1 ? "option" : "options", quoted(unknown), quoted(names)));
        }
    }

    private static Object parse(OptionDescription option, Object value) {
        return switch (option.type()) {
            case BOOLEAN -> bool(option, value);
            case INTEGER -> number(option, value, "an integer").longValueExact();
            case DECIMAL -> number(option, value, "a number").doubleValue();
            case TEXT -> text(option, value);
            case INTEGER_LIST -> integers(option, value);
            case VIDEO -> throw invalid(option, "must be an http or https URL, or a file", value);
        };
    }

    private static Boolean bool(OptionDescription option, Object value) {
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(option, "must be true or false", value);
        };
    }

    private static List<Integer> integers(OptionDescription option, Object value) {
        List<?> elements =
                value instanceof List<?> list ? list : List.of(value.toString().split(",", -1));
        if (elements.isEmpty() || elements.size() > MOST_ELEMENTS) {
            throw invalid(option, "must have 1 to %d numbers".formatted(MOST_ELEMENTS), value);
        }
        return elements.stream()
                .map(element -> {
                    Object trimmed = element instanceof String text ? text.strip() : element;
                    BigDecimal number = number(option, trimmed == null ? "null" : trimmed, "a list of integers");
                    try {
                        return number.intValueExact();
                    } catch (ArithmeticException e) {
                        throw invalid(option, "must be a list of integers", value);
                    }
                })
                .toList();
    }

    private static BigDecimal number(OptionDescription option, Object value, String kind) {
        if (!(value instanceof Number || value instanceof String)) {
            throw invalid(option, "must be " + kind, value);
        }
        try {
            BigDecimal number = new BigDecimal(value.toString());
            if (!inRange(option, number)) {
                throw invalid(option, "must be between %s and %s".formatted(option.minimum(), option.maximum()), value);
            }
            if (option.type() == OptionDescription.Type.INTEGER) {
                number.longValueExact();
            }
            return number;
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(option, "must be " + kind, value);
        }
    }

    private static boolean inRange(OptionDescription option, BigDecimal value) {
        Number minimum = option.minimum();
        Number maximum = option.maximum();
        return (minimum == null || value.compareTo(new BigDecimal(minimum.toString())) >= 0)
                && (maximum == null || value.compareTo(new BigDecimal(maximum.toString())) <= 0);
    }

    private static String text(OptionDescription option, Object value) {
        boolean allowed = value instanceof String text
                && (option.choices().isEmpty() || option.choices().contains(text));
        if (!allowed) {
            throw invalid(
                    option,
                    option.choices().isEmpty() ? "must be text" : "must be one of " + quoted(option.choices()),
                    value);
        }
        return (String) value;
    }

    private static ProblemException invalid(OptionDescription option, String rule, Object value) {
        String shown = value.toString();
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                "options." + option.name(),
                "the option '%s' %s, got '%s'"
                        .formatted(option.name(), rule, shown.length() > 40 ? shown.substring(0, 40) + "…" : shown));
    }

    private static String quoted(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
