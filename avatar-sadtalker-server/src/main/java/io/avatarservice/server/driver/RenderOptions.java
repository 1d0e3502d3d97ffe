package io.avatarservice.server.driver;

import java.util.Map;

/**
 * The options of one render after {@link TalkingHeadDriver#options}: known names, values in range, defaults filled in.
 *
 * @param values name on the wire to value: {@link Boolean}, {@link Integer}, {@link Long}, {@link Double} or
 *     {@link String} as the option's type says
 */
public record RenderOptions(Map<String, Object> values) {

    public RenderOptions {
        values = Map.copyOf(values);
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

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the driver declares no option '" + name + "'");
        }
        return value;
    }
}
