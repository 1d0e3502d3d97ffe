package io.avatarservice.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which driver renders.
 *
 * @param defaultName Driver of requests that name none; 'auto' takes the best one that is ready.
 */
@ConfigurationProperties("avatar.driver")
record DriverProperties(@DefaultValue("auto") String defaultName) {}
