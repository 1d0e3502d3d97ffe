package io.avatarservice.server.driver.preview;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the preview driver.
 *
 * @param maxSide Longest side of its videos in pixels; larger portraits are scaled down.
 */
@ConfigurationProperties("avatar.preview")
record PreviewProperties(@DefaultValue("1280") int maxSide) {

    PreviewProperties {
        if (maxSide < 64 || maxSide > 4096) {
            throw new IllegalArgumentException("avatar.preview.max-side must be 64 to 4096, got " + maxSide);
        }
    }
}
