package io.avatarservice.server.driver;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Choice of the driver.
 *
 * @param defaultName Driver that renders where a request names none; 'auto' takes sadtalker where its checkpoints are
 *     installed, else preview.
 */
@ConfigurationProperties("avatar.driver")
public record DriverProperties(
        @DefaultValue(DriverRegistry.AUTO) String defaultName) {}
