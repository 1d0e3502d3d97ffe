package io.avatarservice.server.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts the options that are inputs from those that are values. Inputs are addresses or files, which the driver sees only
 * once they lie on disk.
 */
public final class VideoOptions {

    private VideoOptions() {}

    /** The names of a driver's options that are videos. */
    public static List<String> names(TalkingHeadDriver driver) {
        return driver.describe().options().stream()
                .filter(option -> option.type() == OptionDescription.Type.VIDEO)
                .map(OptionDescription::name)
                .toList();
    }

    /** The requested videos: name of the option to address or file name. What is no text is left to the option parser. */
    public static Map<String, String> videos(TalkingHeadDriver driver, Map<String, ?> requested) {
        Map<String, String> videos = new LinkedHashMap<>();
        for (String name : names(driver)) {
            if (requested.get(name) instanceof String text) {
                videos.put(name, text);
            }
        }
        return videos;
    }

    /** The requested options without the given ones. */
    public static Map<String, Object> without(Map<String, String> videos, Map<String, ?> requested) {
        Map<String, Object> values = new LinkedHashMap<>(requested);
        values.keySet().removeAll(videos.keySet());
        return values;
    }
}
