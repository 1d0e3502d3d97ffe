package io.avatarservice.server.driver;

import java.util.List;
import java.util.Map;

/**
 * The options of one render after {@link TalkingHeadDriver#options}: known names, values in range, defaults filled in. An
 * option whose default the driver picks itself is absent where the request left it out.
 *
 * @param values name on the wire to value: {@link Boolean}, {@link Integer}, {@link Long}, {@link Double}, {@link String}
 *     or a list of {@link Integer} as the option's type says
 */
public record RenderOptions(Map<String, Object> values) {

    public RenderOptions {
        values = Map.copyOf(values);
    }

    /** Whether there is a value; false only for an option without default that the request left out. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    public boolean bool(String name) {
        return (Boolean) value(name);
    }

    /** The value of an integer option. */
    public long integer(String name) {
        return ((Number) value(name)).longValue();
    }

    /** The value of a decimal option. */
    public double decimal(String name) {
        return ((Number) value(name)).doubleValue();
    }

    public String text(String name) {
        return (String) value(name);
    }

    /** The value of an option that is a list of integers. */
    public List<Integer> integers(String name) {
        return ((List<?>) value(name)).stream().map(Integer.class::cast).toList();
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no value for the option '" + name + "'");
        }
        return value;
    }
}
