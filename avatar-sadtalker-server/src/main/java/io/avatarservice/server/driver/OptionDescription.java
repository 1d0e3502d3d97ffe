package io.avatarservice.server.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of a driver.
 *
 * @param name the name on the wire
 * @param type what its value is
 * @param defaultValue the value where the request has none; {@code null} where the driver picks one for each render
 * @param minimum the smallest value allowed, for numbers
 * @param maximum the largest value allowed, for numbers
 * @param choices the values allowed, for text; empty where any is
 * @param description one sentence for people
 */
public record OptionDescription(
        String name,
        Type type,
        @Nullable Object defaultValue,
        @Nullable Number minimum,
        @Nullable Number maximum,
        List<String> choices,
        String description) {

    /** The type of an option's value. */
    public enum Type {
        BOOLEAN,
        INTEGER,
        DECIMAL,
        TEXT,
        /** A JSON array, or text with commas between the numbers. */
        INTEGER_LIST,
        /** A further input: an http or https address, a file of a form, a file name on the command line. */
        VIDEO
    }

    public OptionDescription {
        choices = List.copyOf(choices);
    }

    public static OptionDescription bool(String name, boolean defaultValue, String description) {
        return new OptionDescription(name, Type.BOOLEAN, defaultValue, null, null, List.of(), description);
    }

    public static OptionDescription integer(
            String name, @Nullable Long defaultValue, long minimum, long maximum, String description) {
        return new OptionDescription(name, Type.INTEGER, defaultValue, minimum, maximum, List.of(), description);
    }

    public static OptionDescription decimal(
            String name, double defaultValue, double minimum, double maximum, String description) {
        return new OptionDescription(name, Type.DECIMAL, defaultValue, minimum, maximum, List.of(), description);
    }

    /** A list of integers, each within the limits; absent where the request has none. */
    public static OptionDescription integers(String name, long minimum, long maximum, String description) {
        return new OptionDescription(name, Type.INTEGER_LIST, null, minimum, maximum, List.of(), description);
    }

    /** A video that the request may bring along. */
    public static OptionDescription video(String name, String description) {
        return new OptionDescription(name, Type.VIDEO, null, null, null, List.of(), description);
    }

    /** Any text; absent where the request has none. */
    public static OptionDescription text(String name, String description) {
        return new OptionDescription(name, Type.TEXT, null, null, null, List.of(), description);
    }

    public static OptionDescription choice(String name, String defaultValue, List<String> choices, String description) {
        return new OptionDescription(name, Type.TEXT, defaultValue, null, null, choices, description);
    }
}
